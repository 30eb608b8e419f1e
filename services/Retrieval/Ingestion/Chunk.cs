namespace LLMoin.Retrieval.Ingestion;

/// <summary>
/// A passage of a text: <c>text[Start..End]</c>, in UTF-16 code units, with the headings above it, outermost first.
/// </summary>
internal sealed record Chunk(IReadOnlyList<string> HeadingPath, int Start, int End)
{
    public string In(string text) => text[Start..End];
}
