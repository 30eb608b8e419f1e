namespace LLMoin.Chat.Conversations;

/// <summary>A conversation as its owner sees it.</summary>
internal sealed record Conversation
{
    public const string Columns =
        """
        id, title, folder_id, pinned_at is not null as pinned, archived_at is not null as archived, leaf_id, document_ids, assistant_id, created_at, updated_at,
          (select a.id from answers a where a.conversation_id = conversations.id and a.status = 'running' order by a.id desc limit 1) as running_answer_id
        """;

    public required Guid Id { get; init; }

    /// <summary>Made from the first question unless given; empty before it.</summary>
    public required string Title { get; init; }

    public Guid? FolderId { get; init; }

    public bool Pinned { get; init; }

    public bool Archived { get; init; }

    /// <summary>The last message of the open branch, below which the conversation goes on; null while there is none.</summary>
    public Guid? LeafId { get; init; }

    /// <summary>Documents from which its questions are answered where they name no sources.</summary>
    public Guid[] DocumentIds { get; init; } = [];

    /// <summary>The assistant asked last; it may be gone.</summary>
    public Guid? AssistantId { get; init; }

    /// <summary>The answer that is being written, to be followed at its events.</summary>
    public Guid? RunningAnswerId { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }
}

/// <summary>What a list is narrowed to.</summary>
/// <param name="Archived">Those put away, or the others.</param>
/// <param name="FolderId">Those in this folder.</param>
/// <param name="Unfiled">Those in no folder.</param>
internal sealed record ConversationFilter(bool Archived = false, Guid? FolderId = null, bool Unfiled = false);

/// <summary>What of a conversation becomes different; null stays as it is.</summary>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Pinned">Before all others in the list.</param>
/// <param name="Archived">Out of the list.</param>
/// <param name="LeafId">A message of it: from now on its branch is open.</param>
internal sealed record ConversationChange(string? Title = null, bool? Pinned = null, bool? Archived = null, Guid? LeafId = null);
