using System.Net;
using System.Net.Http.Headers;
using LLMoin.Chat.Functions.Runs;
using LLMoin.Chat.Sources;

namespace LLMoin.Chat.Functions.Documents;

/// <summary>Searches in the retrieval service in the name of a run's owner.</summary>
internal sealed class RunSearch(IHttpClientFactory clients)
{
    private const int LongestQuery = 2_000;

    /// <returns>Passages, best first.</returns>
    /// <exception cref="RunFailedException">The right to read has run out, or the place to look is refused.</exception>
    public async Task<IReadOnlyList<FoundPassage>> FindAsync(
        Run run, string query, int limit, IReadOnlyList<Guid>? documents, IReadOnlyList<Guid>? collections, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/retrieval/searches");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", run.Delegation);
        request.Content = JsonContent.Create(new { query = query[..Math.Min(query.Length, LongestQuery)], limit, documentIds = documents, collectionIds = collections });
        using var response = await clients.CreateClient(DocumentReader.Client).SendAsync(request, cancellation);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            throw DocumentReader.TooLate();
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<Found>(cancellation))?.Passages ?? [];
    }

    private sealed record Found(IReadOnlyList<FoundPassage> Passages);
}
