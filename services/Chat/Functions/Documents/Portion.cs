using LLMoin.Chat.Sources;
using LLMoin.Contracts.Inference;

namespace LLMoin.Chat.Functions.Documents;

/// <summary>A piece of a document on one page, small enough to be cited: <c>text[Start..End]</c>.</summary>
/// <param name="Page">From 1; null without pages.</param>
internal sealed record Portion(WholeDocument Document, int Start, int End, int? Page)
{
    /// <summary>About a page of text, in UTF-16 code units.</summary>
    private const int Longest = 2_500;

    public string Text => Document.Text[Start..End];

    public int Length => End - Start;

    /// <summary>The document in portions, which follow one another and leave out only white space.</summary>
    public static IEnumerable<Portion> Of(WholeDocument document)
    {
        var position = 0;
        while (position < document.Text.Length)
        {
            var page = document.PageAt(position);
            var pageEnd = page is { } number && number < document.PageStarts.Count ? Math.Max(document.PageStarts[number], position + 1) : document.Text.Length;
            var end = pageEnd - position <= Longest ? pageEnd : Cut(document.Text, position, position + Longest);
            if (!string.IsNullOrWhiteSpace(document.Text[position..end]))
                yield return new Portion(document, position, end, page);
            position = end;
        }
    }

    public Passage Numbered(int number) => new(number, Document.Title, null, Text.Trim());

    public FoundPassage Found => new(Document.Id, Document.Title, null, Text, Start, End, Page);

    /// <summary>Behind a paragraph, else a line, else a sentence, else a word, in the second half of what may be taken.</summary>
    private static int Cut(string text, int start, int limit)
    {
        var half = start + ((limit - start) / 2);
        foreach (var mark in new[] { "\n\n", "\n", ". ", " " })
        {
            var found = text.LastIndexOf(mark, limit - 1, limit - half, StringComparison.Ordinal);
            if (found >= half)
                return found + mark.Length;
        }
        return char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
    }
}
