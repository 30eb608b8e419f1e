using System.Text.Json;
using LLMoin.Chat.Conversations.Messages;
using LLMoin.Chat.Sources;

namespace LLMoin.Chat.Conversations.Shares;

/// <summary>A message as colleagues see it: without what only its owner may open or would want to see.</summary>
internal sealed record SharedMessage(string Role, string Content, string? Model, IReadOnlyList<SharedMessage.Source> Citations, DateTime CreatedAt)
{
    public static SharedMessage Of(StoredMessage stored) => new(
        stored.Role, stored.Content, stored.Model,
        [.. (stored.Citations is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<Citation>>(stored.Citations, JsonSerializerOptions.Web)!)
            .Select(citation => new Source(citation.Number, citation.Title, citation.Page))],
        stored.CreatedAt);

    /// <summary>What <c>[n]</c> in the text means. Of the passage they see what the answer quotes: they may have no right to the document.</summary>
    internal sealed record Source(int Number, string Title, int? Page);
}
