using System.Text.Json;
using LLMoin.Contracts.Inference;
using Microsoft.Extensions.Options;

namespace LLMoin.Chat.Sources;

/// <summary>Asks the retrieval service, in the caller's name, for passages to answer from.</summary>
internal sealed partial class PassageSearch(HttpClient retrieval, IOptions<ChatOptions> options, ILogger<PassageSearch> logger)
{
    /// <summary>Longest query that retrieval takes, in characters.</summary>
    private const int LongestQuery = 2000;

    /// <returns>The passages, best first; null when retrieval does not answer, so that the reader can be told.</returns>
    public async Task<IReadOnlyList<FoundPassage>?> FindAsync(
        string question, IReadOnlyList<Guid>? documents, IReadOnlyList<Guid>? collections, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(question))
            return [];
        try
        {
            using var response = await retrieval.PostAsJsonAsync("/api/retrieval/searches", new
            {
                query = question.Length <= LongestQuery ? question : question[..LongestQuery],
                limit = options.Value.Passages,
                documentIds = documents,
                collectionIds = collections,
            }, cancellation);
            response.EnsureSuccessStatusCode();
            var found = await response.Content.ReadFromJsonAsync<SearchResult>(cancellation);
            return found?.Passages ?? [];
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException
                                          || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            LogUnavailable(exception.GetType().Name);
            return null;
        }
    }

    private sealed record SearchResult(IReadOnlyList<FoundPassage> Passages);

    [LoggerMessage(LogLevel.Warning, "Retrieval did not answer ({Reason}); the answer goes on without sources")]
    private partial void LogUnavailable(string reason);
}

/// <param name="DocumentId">The document.</param>
/// <param name="Title">Its title.</param>
/// <param name="HeadingPath">Headings above the passage.</param>
/// <param name="Text">The passage.</param>
/// <param name="Start">First character of the passage in the document's text.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="Page">Page on which it begins, or null.</param>
internal sealed record FoundPassage(Guid DocumentId, string Title, string? HeadingPath, string Text, int Start, int End, int? Page = null)
{
    public Passage Numbered(int number) => new(number, Title, HeadingPath, Text);
}
