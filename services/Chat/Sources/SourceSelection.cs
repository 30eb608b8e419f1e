using LLMoin.Chat.Assistants;
using LLMoin.Chat.Completions;

namespace LLMoin.Chat.Sources;

/// <summary>What a question is answered from.</summary>
/// <param name="Search">Whether anything is searched at all.</param>
/// <param name="DocumentIds">Only these and the documents of the collections; null for no such limit.</param>
/// <param name="CollectionIds">Only the documents of these and those named; null for no such limit.</param>
internal sealed record SourceSelection(bool Search, IReadOnlyList<Guid>? DocumentIds, IReadOnlyList<Guid>? CollectionIds)
{
    /// <summary>
    /// What the request names; where it names nothing, the documents attached to the conversation and the assistant's collections; where there
    /// are none of these either, all that the caller may read, unless the assistant is for work on a given text.
    /// </summary>
    public static SourceSelection Of(SourceChoice? asked, IReadOnlyList<Guid> attached, Assistant? assistant)
    {
        if (asked?.Mode == "off")
            return new SourceSelection(false, null, null);
        if (asked is { DocumentIds.Count: > 0 } or { CollectionIds.Count: > 0 })
            return new SourceSelection(true, asked.DocumentIds, asked.CollectionIds);

        IReadOnlyList<Guid> collections = assistant?.CollectionIds ?? [];
        if (attached.Count + collections.Count > 0)
            return new SourceSelection(true, attached.Count > 0 ? attached : null, collections.Count > 0 ? collections : null);
        return new SourceSelection(asked?.Mode == "auto" || assistant?.Function is null or "chat" or "research", asked?.DocumentIds, asked?.CollectionIds);
    }
}
