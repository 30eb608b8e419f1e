using System.Text.Json.Serialization;

namespace LLMoin.Retrieval.Reading.Isolation;

/// <summary>What the service tells the reading process, before the file's bytes.</summary>
internal sealed record ReadingRequest(string Name, ReadingOptions Options);

/// <summary>What comes back in the end: the document, or the code of the reason why there is none.</summary>
internal sealed record ReadingOutcome(ReadDocument? Document, string? Reason)
{
    public static ReadingOutcome Failed(ReadingReason reason) => new(null, reason.Code);
}

[JsonSerializable(typeof(ReadingRequest))]
[JsonSerializable(typeof(ReadingProgress))]
[JsonSerializable(typeof(ReadDocument))]
[JsonSerializable(typeof(ReadingOutcome))]
internal sealed partial class ReadingJson : JsonSerializerContext;
