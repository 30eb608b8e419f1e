namespace LLMoin.Retrieval.Ingestion;

/// <summary>
/// Cuts a text into passages of 120 to 220 words: whole paragraphs where they fit, never inside a sentence or a table row, never
/// across a heading. Long enough to answer from, short enough to cite.
/// </summary>
internal sealed class Chunker
{
    private const int Enough = 120;
    private const int Most = 220;

    /// <summary>For what has no words to count, such as base64.</summary>
    private const int MostCharacters = 4_000;

    /// <summary>A rest this short joins the passage before it instead of standing alone.</summary>
    private const int Crumb = 40;

    private readonly string _text;
    private readonly Func<int, int?> _pageAt;
    private readonly Headings _headings = new();
    private readonly List<Chunk> _chunks = [];
    private TextUnit? _bareHeading;
    private int _start = -1;
    private int _end;
    private int _words;
    private int _wordsBefore;

    private Chunker(string text, Func<int, int?> pageAt) => (_text, _pageAt) = (text, pageAt);

    /// <inheritdoc cref="Split(string, Func{int, int?})"/>
    public static IReadOnlyList<Chunk> Split(string text) => Split(text, _ => null);

    /// <param name="text">The text.</param>
    /// <param name="pageAt">The page on which a position in it stands.</param>
    /// <returns>Passages in text order, not overlapping; none for a text without words.</returns>
    public static IReadOnlyList<Chunk> Split(string text, Func<int, int?> pageAt)
    {
        var chunker = new Chunker(text, pageAt);
        foreach (var unit in TextUnits.Read(text))
        {
            if (unit.IsHeading) chunker.Enter(unit);
            else chunker.Add(unit);
        }

        chunker.Close();
        chunker.KeepBareHeading();
        return chunker._chunks;
    }

    private void Enter(TextUnit heading)
    {
        Close();
        var line = _text[heading.Start..heading.End];
        // A heading above a deeper one lives on in the path; one that is followed by its equal has no other place.
        if (_headings.DepthOf(Headings.Rank(line)) < _headings.Path.Count)
            KeepBareHeading();
        _headings.Enter(line);
        _bareHeading = heading;
        _wordsBefore = 0;
    }

    private void Add(TextUnit unit)
    {
        _bareHeading = null;
        // A passage stays on the page that its citation names, unless it would be a crumb.
        if (_start >= 0 && unit.OpensParagraph && _pageAt(unit.Start) != _pageAt(_start) && (_words >= Crumb || JoinsTheOneBefore))
            Close();
        if (_start >= 0 && ((unit.OpensParagraph && _words >= Enough) || _words + unit.Words > Most || unit.End - _start > MostCharacters))
            Close();
        if (_start < 0)
            _start = unit.Start;
        _end = unit.End;
        _words += unit.Words;
    }

    private bool JoinsTheOneBefore
        => _wordsBefore > 0 && _words < Crumb && _wordsBefore + _words <= Most + Crumb && _end - _chunks[^1].Start <= MostCharacters && _pageAt(_start) == _chunks[^1].Page;

    private void Close()
    {
        if (_start < 0)
            return;
        if (JoinsTheOneBefore)
            _chunks[^1] = _chunks[^1] with { End = _end };
        else if (_words > 0)
            _chunks.Add(new Chunk(_headings.Path, _start, _end, _pageAt(_start)));
        _wordsBefore = _words;
        _start = -1;
        _words = 0;
    }

    private void KeepBareHeading()
    {
        if (_bareHeading is { Words: > 0 } heading)
            _chunks.Add(new Chunk(_headings.Path, heading.Start, heading.End, _pageAt(heading.Start)));
        _bareHeading = null;
    }
}
