namespace LLMoin.Chat.Conversations;

/// <summary>Where an answer will belong, before anything of it is stored.</summary>
/// <param name="Id">New, or that of a conversation that goes on.</param>
/// <param name="Title">Used where it has none yet.</param>
internal sealed record ConversationDraft(Guid Id, string Title)
{
    /// <summary>The message that the question follows, or that the answer follows where the question is not stored again.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>It goes on at the end of the open branch, wherever that is when it is stored; <see cref="ParentId"/> is null.</summary>
    public bool AtLeaf { get; init; }

    /// <summary><see cref="ParentId"/> is the question itself: it gets another answer.</summary>
    public bool AnswersAgain { get; init; }

    /// <summary>Documents attached to the conversation.</summary>
    public IReadOnlyList<Guid> DocumentIds { get; init; } = [];
}
