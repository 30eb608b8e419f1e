namespace LLMoin.Retrieval.Qdrant.Api;

/// <summary>Names in payloads and of vectors.</summary>
internal static class Fields
{
    public const string Tenant = "tenant";
    public const string Document = "document";
    public const string Ordinal = "ordinal";
    public const string Collection = "collection";
    public const string Readers = "readers";

    /// <summary>The sparse vector: words and their parts.</summary>
    public const string Words = "words";

    /// <summary>The embedding model's vector.</summary>
    public const string Meaning = "meaning";
}
