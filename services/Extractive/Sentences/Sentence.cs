namespace LLMoin.Extractive.Sentences;

/// <summary>What the line structure says about a sentence.</summary>
public enum SentenceKind
{
    Prose,
    ListItem,
    Heading,
    TableHeader,
    TableRow,
}

/// <summary>
/// A span of the source, in UTF-16 code units: <c>text.Substring(Start, Length)</c> is the sentence, unchanged.
/// <paramref name="Block"/> counts paragraphs, list items and rows from 0; sentences of one block share it.
/// </summary>
public readonly record struct Sentence(int Start, int Length, SentenceKind Kind, int Block)
{
    public int End => Start + Length;

    /// <summary>The sentence as it stands in <paramref name="source"/>, line breaks and markup included.</summary>
    public string In(string source) => source.Substring(Start, Length);
}
