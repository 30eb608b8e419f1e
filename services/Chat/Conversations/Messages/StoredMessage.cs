namespace LLMoin.Chat.Conversations.Messages;

/// <summary>A message as stored; citations and doubts as JSON.</summary>
internal sealed record StoredMessage(
    Guid Id, Guid? ParentId, string Role, string Content, Guid? AnswerId, string? Model, string? Status, string? Citations, string? Doubts, string? Rating,
    DateTime CreatedAt)
{
    public const string Select =
        """
        select m.id, m.parent_id, m.role, m.content, m.answer_id, a.model, a.status, a.citations::text as citations, a.doubts::text as doubts,
          r.verdict as rating, m.created_at
        from messages m left join answers a on a.id = m.answer_id left join ratings r on r.answer_id = a.id
        """;
}
