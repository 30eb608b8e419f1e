namespace LLMoin.Retrieval.Ingestion;

/// <summary>
/// A passage of a text: <c>text[Start..End]</c>, in UTF-16 code units, with the headings above it, outermost first.
/// </summary>
/// <param name="Page">Where it begins; null in a document without pages.</param>
internal sealed record Chunk(IReadOnlyList<string> HeadingPath, int Start, int End, int? Page = null)
{
    public string In(string text) => text[Start..End];
}
