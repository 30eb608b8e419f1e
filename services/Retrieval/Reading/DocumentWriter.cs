using System.Text;
using LLMoin.Retrieval.Ingestion;

namespace LLMoin.Retrieval.Reading;

/// <summary>
/// Where readers put what they find, part by part. Writes the document's text in Markdown and notes where each block stands.
/// </summary>
/// <param name="longest">Most UTF-16 code units.</param>
internal sealed class DocumentWriter(int longest)
{
    public const int DeepestHeading = 6;
    private const int LongestTitle = 200;

    private readonly StringBuilder _text = new();
    private readonly List<Block> _blocks = [];
    private readonly List<UnreadPart> _unread = [];
    private bool _tableEnded;

    /// <summary>The page that what follows stands on; null where there are none.</summary>
    public int? Page { get; set; }

    /// <summary>Headings of an attachment stand this much below the levels they name.</summary>
    public int HeadingOffset { get; set; }

    /// <summary>The attachment or entry that is being read; null for the document itself.</summary>
    public string? Inside { get; set; }

    public string? Title { get; private set; }

    public bool IsEmpty => _blocks.Count == 0;

    /// <summary>The first title given counts; empty ones do not, and an attachment's is not the document's.</summary>
    public void Entitle(string? title)
    {
        var clean = CleanText.Of(title ?? "");
        if (Title is null && Inside is null && clean.Length > 0)
            Title = clean.Length <= LongestTitle ? clean : clean[..(LongestTitle - 1)] + "…";
    }

    public void Heading(int level, string text)
    {
        level = Math.Clamp(level + HeadingOffset, 1, DeepestHeading);
        if (CleanText.Of(text) is { Length: > 0 } clean)
            Add(BlockKind.Heading, level, new string('#', level) + " " + clean);
    }

    /// <param name="text">May hold line feeds, as addresses do; empty ones are left out.</param>
    public void Paragraph(string text)
    {
        if (CleanText.Of(text, lines: true) is { Length: > 0 } clean)
            Add(Headings.IsNumbered(clean) ? BlockKind.Section : BlockKind.Paragraph, 0, clean);
    }

    /// <param name="depth">From 1.</param>
    /// <param name="marker">As it reads: <c>1.</c>, <c>a)</c>; for a bullet <c>-</c>.</param>
    /// <param name="text">May hold line feeds.</param>
    public void ListItem(int depth, string marker, string text)
    {
        if (CleanText.Of(text, lines: true) is { Length: > 0 } clean)
            Add(BlockKind.ListItem, depth, $"{new string(' ', 2 * Math.Clamp(depth - 1, 0, 4))}{CleanText.Of(marker)} {clean}");
    }

    /// <summary>A table, whose rows are written as they come; done when it is disposed.</summary>
    public TableWriter Table() => new(this);

    /// <summary>A text that is in Markdown already, as it is.</summary>
    /// <param name="text">Clean.</param>
    /// <param name="blocks">Counted within it.</param>
    public void Verbatim(string text, IEnumerable<Block> blocks)
    {
        Separate("\n\n");
        var offset = _text.Length;
        Append(text);
        _blocks.AddRange(blocks.Select(block => block with { Start = block.Start + offset, End = block.End + offset, Page = Page }));
    }

    /// <summary>Notes what is not in the text; consecutive pages with one reason become one note.</summary>
    public void Unread(ReadingReason reason, int? page = null, string? name = null)
    {
        name ??= Inside;
        if (page is not null && _unread is [.., var last] && last.Reason == reason.Code && last.Name == name && (last.LastPage ?? last.Page) == page - 1)
            _unread[^1] = last with { LastPage = page };
        else
            _unread.Add(new UnreadPart(page, null, name, reason.Code));
    }

    /// <param name="pages">See <see cref="ReadDocument.Pages"/>.</param>
    public ReadDocument Finish(int? pages) => new(Title, _text.ToString(), _blocks, pages, _unread);

    internal void Row(string line) => Add(BlockKind.TableRow, 0, line);

    /// <summary>The rule below a header row, which belongs to no block.</summary>
    internal void Rule(int columns) => Append("\n|" + string.Concat(Enumerable.Repeat("---|", columns)));

    internal void EndTable() => _tableEnded = true;

    private void Add(BlockKind kind, int level, string text)
    {
        // Items of a list and rows of a table stay together; a blank line between them would make each a paragraph.
        var continues = kind is BlockKind.ListItem or BlockKind.TableRow && _blocks is [.., var last] && last.Kind == kind && !_tableEnded;
        Separate(continues ? "\n" : "\n\n");
        _tableEnded = false;
        var start = _text.Length;
        Append(text);
        _blocks.Add(new Block(kind, level, start, _text.Length, Page));
    }

    private void Separate(string by)
    {
        if (_text.Length > 0)
            Append(by);
    }

    private void Append(string text)
    {
        if (_text.Length + text.Length > longest)
            throw new ReadingException(ReadingReason.TooMuchText);
        _text.Append(text);
    }
}
