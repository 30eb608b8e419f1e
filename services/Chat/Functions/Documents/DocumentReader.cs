using System.Net;
using System.Net.Http.Headers;
using LLMoin.Chat.Functions.Runs;

namespace LLMoin.Chat.Functions.Documents;

/// <summary>Reads whole documents from the retrieval service in the name of a run's owner.</summary>
internal sealed class DocumentReader(IHttpClientFactory clients)
{
    /// <summary>The client by which runs ask retrieval.</summary>
    public const string Client = "retrieval-for-runs";

    /// <exception cref="RunFailedException">The document is not there for the owner, or not readable, or the right to read has run out.</exception>
    public async Task<WholeDocument> ReadAsync(Run run, Guid id, CancellationToken cancellation)
    {
        using var state = await GetAsync(run, id, "", cancellation);
        var document = await state.Content.ReadFromJsonAsync<State>(RunJson.Options, cancellation) ?? throw new HttpRequestException("Retrieval answered without a body.");
        if (document.Status != "ready")
            throw new RunFailedException(
                "document-not-ready", $"'{document.Title}' has not been read yet, or could not be.", $"„{document.Title}“ ist noch nicht gelesen oder konnte nicht gelesen werden.");
        using var content = await GetAsync(run, id, "/content", cancellation);
        return new WholeDocument(
            id, document.Title, await content.Content.ReadAsStringAsync(cancellation), document.PageStarts,
            [.. document.Unread.Select(part => new UnreadPart(part.Page, part.LastPage, part.Name, part.Reason, part.ReasonText, part.ReasonTextDe))]);
    }

    /// <summary>The hour for which a run may read in its owner's name is over.</summary>
    public static RunFailedException TooLate() => new(
        "too-late", "It waited for more than an hour, and may no longer read in your name; order it again.",
        "Der Vorgang hat länger als eine Stunde gewartet und darf nicht mehr in Ihrem Namen lesen; bitte neu beginnen.");

    private async Task<HttpResponseMessage> GetAsync(Run run, Guid id, string what, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/retrieval/documents/{id}{what}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", run.Delegation);
        var response = await clients.CreateClient(Client).SendAsync(request, cancellation);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                return response;
            case HttpStatusCode.NotFound:
                throw new RunFailedException("no-such-document", $"There is no document {id} for you.", $"Ein Dokument {id} gibt es für Sie nicht.");
            case HttpStatusCode.Unauthorized:
                throw TooLate();
            default:
                throw new HttpRequestException($"Retrieval answered {(int)response.StatusCode}.", null, response.StatusCode);
        }
    }

    private sealed record State(string Title, string Status, IReadOnlyList<int> PageStarts, IReadOnlyList<Missing> Unread);

    private sealed record Missing(int? Page, int? LastPage, string? Name, string Reason, string? ReasonText, string? ReasonTextDe);
}

/// <param name="PageStarts">Where each page begins in the text, page 1 first; empty where there are no pages.</param>
/// <param name="Unread">What is in the file but not in the text.</param>
internal sealed record WholeDocument(Guid Id, string Title, string Text, IReadOnlyList<int> PageStarts, IReadOnlyList<UnreadPart> Unread)
{
    /// <summary>The page on which the character stands, from 1; null without pages.</summary>
    public int? PageAt(int position)
    {
        // Pages without text begin where the next does: the last that begins here or before is meant.
        var (low, high) = (0, PageStarts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (PageStarts[middle] <= position) low = middle + 1;
            else high = middle;
        }

        return PageStarts.Count == 0 ? null : Math.Max(1, low);
    }
}

/// <param name="Page">First page concerned, or null.</param>
/// <param name="LastPage">Last page of a run with the same reason, or null.</param>
/// <param name="Name">The attachment's or entry's name, or null.</param>
/// <param name="Reason">A code.</param>
internal sealed record UnreadPart(int? Page, int? LastPage, string? Name, string Reason, string? ReasonText, string? ReasonTextDe);
