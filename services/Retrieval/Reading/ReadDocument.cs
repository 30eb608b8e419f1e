using System.Text.Json.Serialization;

namespace LLMoin.Retrieval.Reading;

/// <summary>
/// What a reader makes of a file, whatever its format: one text, written in the Markdown that chunking, search and models read, and
/// where in it the parts of the document stand.
/// </summary>
/// <param name="Title">What the document calls itself, or null.</param>
/// <param name="Text">In Unicode normal form C with line feeds; citations count its UTF-16 code units.</param>
/// <param name="Blocks">In text order, not overlapping.</param>
/// <param name="Pages">Number of pages, slides or sheets; null for a format without.</param>
/// <param name="Unread">What is in the file but not in the text.</param>
internal sealed record ReadDocument(string? Title, string Text, IReadOnlyList<Block> Blocks, int? Pages, IReadOnlyList<UnreadPart> Unread)
{
    /// <summary>Why there is nothing to search in a document without words.</summary>
    [JsonIgnore]
    public ReadingReason WhyEmpty => Unread is [var first, ..] && Unread.All(part => part.Reason == first.Reason) ? ReadingReason.Of(first.Reason)! : ReadingReason.NoWords;

    /// <summary>
    /// Where each page's text begins, page 1 first; a page without text begins where the next does. Empty without pages, and where they are
    /// counted more than once, as in an archive of several documents.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<int> PageStarts
    {
        get
        {
            if (Pages is not { } pages || Blocks.Any(block => block.Page is not (>= 1)) || Blocks.Zip(Blocks.Skip(1)).Any(pair => pair.Second.Page < pair.First.Page))
                return [];
            var starts = new int[Math.Max(pages, Blocks is [.., var last] ? last.Page!.Value : 0)];
            Array.Fill(starts, Text.Length);
            for (int block = Blocks.Count - 1, page = starts.Length; page >= 1; page--)
            {
                while (block > 0 && Blocks[block - 1].Page >= page)
                    block--;
                if (block >= 0 && Blocks[block].Page >= page)
                    starts[page - 1] = Blocks[block].Start;
            }
            return starts;
        }
    }

    /// <summary>The page on which the text at a position stands, from 1; null where there are no pages.</summary>
    public int? PageAt(int position)
    {
        int low = 0, high = Blocks.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Blocks[middle].Start <= position) low = middle;
            else high = middle - 1;
        }

        return low <= high ? Blocks[low].Page : null;
    }
}

internal enum BlockKind
{
    Heading,
    Paragraph,
    ListItem,

    /// <summary>Its header stands in the row itself (<c>Gebühr: 25,00 EUR</c>) or, in short tables, in the first row.</summary>
    TableRow,

    /// <summary>The line that opens a paragraph of a law: <c>§ 5 Gebühren</c>, <c>Artikel 2 Inkrafttreten</c>.</summary>
    Section,
}

/// <summary>A part of a document: <c>text[Start..End]</c>, markers such as <c>#</c> and <c>|</c> included.</summary>
/// <param name="Level">Of a heading 1 to 6, of a list item its depth from 1, else 0.</param>
/// <param name="Page">Page, slide or sheet, from 1.</param>
internal readonly record struct Block(BlockKind Kind, int Level, int Start, int End, int? Page);

/// <summary>Something in the file that is not in the text.</summary>
/// <param name="Page">First page concerned, or null.</param>
/// <param name="LastPage">Last page of a run with the same reason, or null.</param>
/// <param name="Name">The attachment's or entry's name, or null.</param>
/// <param name="Reason">A code of <see cref="ReadingReason"/>.</param>
internal sealed record UnreadPart(int? Page, int? LastPage, string? Name, string Reason);
