using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace LLMoin.Exports.Blocks;

/// <summary>
/// Markdown as models write it (CommonMark with pipe tables), read into blocks. HTML is text, pictures become their descriptions, and links
/// lead to http, https or mailto or are text too.
/// </summary>
public static class MarkdownText
{
    /// <summary>UTF-16 code units; some 200 pages. What is longer is cut there and says so.</summary>
    public const int MaxLength = 500_000;

    /// <summary>Deeper lists and quotes are no document any more.</summary>
    internal const int MaxDepth = 8;

    /// <summary>Each may make the parser read to the end of a paragraph: more of them are an attack, not a text.</summary>
    private const int MostLinks = 2000;

    private const string Cut = "[…] Der Text ist hier gekürzt. / The text is cut here.";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    /// <param name="markdown">Any text.</param>
    /// <param name="headingsBelow">Moves headings down, so that those of an answer lie below the heading above it.</param>
    public static IReadOnlyList<Block> Read(string markdown, int headingsBelow = 0)
    {
        var isCut = markdown.Length > MaxLength;
        var text = isCut ? markdown[..MaxLength] : markdown;
        var blocks = Parse(text) is { } document ? ReadAll(document, headingsBelow, 0) : Plain(text);
        return isCut ? [.. blocks, new Paragraph(Cut)] : blocks;
    }

    /// <summary>Null for text that nests deeper than Markdig goes, or would keep it busy for minutes.</summary>
    private static MarkdownDocument? Parse(string text)
    {
        if (text.AsSpan().Count("](") > MostLinks)
            return null;
        try
        {
            return Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static List<Block> Plain(string text)
        => [.. text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(part => new Paragraph(part))];

    private static List<Block> ReadAll(IEnumerable<Markdig.Syntax.Block> blocks, int below, int depth)
        => [.. blocks.SelectMany(block => ReadOne(block, below, depth))];

    private static IEnumerable<Block> ReadOne(Markdig.Syntax.Block block, int below, int depth) => block switch
    {
        ContainerBlock container when depth >= MaxDepth => [new Paragraph(Descend(container))],
        HeadingBlock heading => [new Heading(Math.Min(heading.Level + below, 6), RunReader.Read(heading.Inline))],
        ParagraphBlock paragraph => RunReader.Read(paragraph.Inline) is { Count: > 0 } runs ? [new Paragraph(runs)] : [],
        ListBlock list => [ReadList(list, below, depth)],
        QuoteBlock quote => [new Quote(ReadAll(quote, below, depth + 1))],
        Markdig.Extensions.Tables.Table table => [ReadTable(table)],
        // Fenced code too.
        Markdig.Syntax.CodeBlock code => [new CodeBlock(code.Lines.ToString())],
        ThematicBreakBlock => [new Rule()],
        LinkReferenceDefinitionGroup => [],
        ContainerBlock container => ReadAll(container, below, depth + 1),
        _ => [],
    };

    private static ItemList ReadList(ListBlock list, int below, int depth)
    {
        var start = !list.IsOrdered ? (int?)null : int.TryParse(list.OrderedStart, out var number) ? number : 1;
        return new ItemList(start, [.. list.OfType<ListItemBlock>().Select(item => ReadAll(item, below, depth + 1))]);
    }

    private static Table ReadTable(Markdig.Extensions.Tables.Table table)
    {
        var rows = table.OfType<TableRow>().Select(row => row.OfType<TableCell>().Select(ReadCell).ToList()).ToList();
        var width = rows.Max(row => row.Count);
        return new Table([.. rows.Select(row => (IReadOnlyList<IReadOnlyList<Run>>)[.. row, .. Enumerable.Repeat<IReadOnlyList<Run>>([], width - row.Count)])])
        {
            Alignments = [.. table.ColumnDefinitions.Take(width).Select(column => ReadAlignment(column.Alignment))],
        };
    }

    private static ColumnAlignment ReadAlignment(TableColumnAlign? alignment) => alignment switch
    {
        TableColumnAlign.Center => ColumnAlignment.Centre,
        TableColumnAlign.Right => ColumnAlignment.Right,
        _ => ColumnAlignment.Left,
    };

    private static IReadOnlyList<Run> ReadCell(TableCell cell)
        => [.. cell.OfType<LeafBlock>().SelectMany(leaf => RunReader.Read(leaf.Inline))];

    /// <summary>All text below, without its structure.</summary>
    private static IReadOnlyList<Run> Descend(ContainerBlock container)
        => [.. container.Descendants<LeafBlock>().SelectMany(leaf => RunReader.Read(leaf.Inline).Append(new Run(" ")))];

    internal static Uri? Harmless(Uri? link)
        => link is { IsAbsoluteUri: true, Scheme: "http" or "https" or "mailto" } && link.AbsoluteUri.Length <= 2000 ? link : null;
}
