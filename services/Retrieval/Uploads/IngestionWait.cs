using System.Globalization;
using LLMoin.Retrieval.Documents;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Retrieval.Uploads;

/// <summary>Waits for a file to be searchable, as long as the request prefers.</summary>
internal static class IngestionWait
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(40);

    /// <returns>The document as it is then.</returns>
    public static async Task<Document> ForAsync(Document document, HttpRequest request, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        if (PreferWait.Of(request) is not { } wait)
            return document;
        request.HttpContext.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={(int)wait.TotalSeconds}");
        var until = DateTime.UtcNow + wait;
        while (document.IsOnItsWay && DateTime.UtcNow < until)
        {
            await Task.Delay(PollEvery, cancellation);
            if (await ReadDocuments.FindAsync(document.Id, caller, database, cancellation) is not { } current)
                break;
            document = current;
        }

        return document;
    }
}
