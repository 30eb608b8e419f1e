using System.Net;
using LLMoin.Retrieval.Index;

namespace LLMoin.Retrieval.Qdrant;

/// <summary>Qdrant did not do what it was asked. The message names address, route and Qdrant's own words, which hold no texts: it gets none.</summary>
internal sealed class QdrantException : IndexUnavailableException
{
    private QdrantException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    public HttpStatusCode? Status { get; private init; }

    public static QdrantException Silent(string url, string request, string reason, Exception? inner = null)
        => new($"Qdrant at {url} does not answer ({request}): {reason}", inner);

    public static QdrantException Refused(string url, string request, HttpStatusCode status, string error)
        => new($"Qdrant at {url} refused {request} with {(int)status}: {error}") { Status = status };

    public static QdrantException OtherDimensions(int configured, int found)
        => new($"The model's vectors have {found} dimensions, {QdrantOptions.Section}:{nameof(QdrantOptions.Dimensions)} says {configured}.");
}
