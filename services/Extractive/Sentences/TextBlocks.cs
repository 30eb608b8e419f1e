using System.Text.RegularExpressions;

namespace LLMoin.Extractive.Sentences;

/// <summary>A paragraph, list item, heading or table row: the span within which sentences are looked for.</summary>
internal readonly record struct TextBlock(int Start, int End, SentenceKind Kind);

/// <summary>
/// Reads the line structure of Markdown (the part of CommonMark 0.31 that text documents use) and of plain text as agencies write
/// it: "§ 3 Gebührenpflicht" and other short lines standing alone are headings, "(1)" and "a)" open list items, runs of
/// "Aktenzeichen: …" lines stay one block each, lines with gaps of three spaces are table rows.
/// Markers (#, -, 1., (1), |, >) stay outside the spans. One pass, linear in the text.
/// </summary>
internal sealed partial class TextBlocks
{
    private const int LongestHeading = 90;
    private readonly string _text;
    private readonly List<TextBlock> _blocks = [];
    private SentenceKind _kind;
    private int _start = -1;
    private int _end;
    private int _lines;
    private bool _field;
    private bool _afterBlank = true;
    private bool _inFence;
    private bool _openedAfterBlank;
    private int _bareHeading = -1;

    private TextBlocks(string text) => _text = text;

    public static List<TextBlock> Read(string text)
    {
        var reader = new TextBlocks(text);
        for (var start = 0; start < text.Length;)
        {
            var end = text.AsSpan(start).IndexOfAny('\n', '\r') is var offset and >= 0 ? start + offset : text.Length;
            var next = end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? end + 2 : end + 1;
            reader.ReadLine(start, end, next);
            start = next;
        }

        reader.Close(blankFollows: true);
        return reader._blocks;
    }

    private void ReadLine(int start, int end, int next)
    {
        var hardBreak = end - start > 2 && _text[end - 1] == ' ' && _text[end - 2] == ' ';
        while (start < end && (char.IsWhiteSpace(_text[start]) || _text[start] is '>' or '\uFEFF')) start++;
        while (end > start && char.IsWhiteSpace(_text[end - 1])) end--;
        if (start == end)
        {
            Close(blankFollows: true);
            _afterBlank = true;
            return;
        }

        Classify(start, end, _text[start..end], next);
        _afterBlank = false;
        if (hardBreak) Close(blankFollows: false);
    }

    private void Classify(int start, int end, string line, int next)
    {
        if (line.StartsWith("```", StringComparison.Ordinal))
        {
            Close(blankFollows: false);
            _inFence = !_inFence;
        }
        else if (_inFence) Single(start, end, SentenceKind.Prose);
        else if (AtxHeading().Match(line) is { Success: true } heading)
            Single(start + heading.Groups[1].Index, start + heading.Groups[1].Index + heading.Groups[1].Length, SentenceKind.Heading);
        else if (Rule().IsMatch(line)) Underline(line[0]);
        else if (line[0] == '|') TableLine(start, end, line, next);
        else if (ColumnGap().IsMatch(line) && !ListMarker().IsMatch(line)) Single(start, end, IsColumnHeader(line) ? SentenceKind.TableHeader : SentenceKind.TableRow);
        else if (Marker(line) is > 0 and var marker) Open(start + marker, end, SentenceKind.ListItem, field: false);
        else if (_start >= 0 && !(_field && Field().IsMatch(line)))
        {
            _end = end;
            _lines++;
        }
        else Open(start, end, SentenceKind.Prose, Field().IsMatch(line));
    }

    private bool IsColumnHeader(string line)
        => !line.AsSpan().ContainsAnyInRange('0', '9') && (_start >= 0 || _blocks.Count == 0 || _blocks[^1].Kind is not (SentenceKind.TableHeader or SentenceKind.TableRow));

    private void TableLine(int start, int end, string line, int next)
    {
        if (TableRule().IsMatch(line))
        {
            Close(blankFollows: false);
            return;
        }

        var follows = next < _text.Length ? _text.AsSpan(next, Math.Min(400, _text.Length - next)) : [];
        var lineEnd = follows.IndexOfAny('\n', '\r');
        if (lineEnd >= 0) follows = follows[..lineEnd];
        var isHeader = TableRule().IsMatch(follows.Trim());
        while (start < end && (_text[start] == '|' || char.IsWhiteSpace(_text[start]))) start++;
        while (end > start && (_text[end - 1] == '|' || char.IsWhiteSpace(_text[end - 1]))) end--;
        if (start < end) Single(start, end, isHeader ? SentenceKind.TableHeader : SentenceKind.TableRow);
    }

    /// <summary>A rule below a single line makes that line a heading (setext); alone it only separates.</summary>
    private void Underline(char sign)
    {
        var isHeading = _start >= 0 && _lines == 1 && _kind == SentenceKind.Prose && sign is '=' or '-';
        if (isHeading && _start >= 0) _kind = SentenceKind.Heading;
        Close(blankFollows: false);
    }

    /// <summary>Length of a list marker that opens an item here, else 0. A wrapped line may start with "1. Januar" or "3. 4. 2026".</summary>
    private int Marker(string line)
    {
        var match = ListMarker().Match(line);
        if (!match.Success) return 0;
        if (match.Length == line.Length) return 0;
        var insideParagraph = _start >= 0 && _kind == SentenceKind.Prose;
        if (char.IsDigit(line[0]))
        {
            if (char.IsDigit(line[match.Length]) || Abbreviations.IsMonth(Abbreviations.WordAt(line, match.Length))) return 0;
            if (_start >= 0 && Abbreviations.WordAt(line, match.Length) is "Uhr") return 0;
        }

        if (insideParagraph && line[0] is not ('-' or '*' or '+' or '•') && _text[_end - 1] is not (':' or ';' or '.' or ',' or '!' or '?'))
            return 0;
        return match.Length;
    }

    private void Open(int start, int end, SentenceKind kind, bool field)
    {
        Close(blankFollows: false);
        // "Gefördert wird der Kauf fabrikneuer" alone on its line, a list below: the list's opening words, no heading.
        if (kind == SentenceKind.ListItem && _bareHeading == _blocks.Count && !EndsInNoun(_blocks[^1])) _blocks[^1] = _blocks[^1] with { Kind = SentenceKind.Prose };
        (_start, _end, _kind, _lines, _field) = (start, end, kind, 1, field);
        _openedAfterBlank = _afterBlank;
    }

    private void Single(int start, int end, SentenceKind kind)
    {
        Close(blankFollows: false);
        _blocks.Add(new TextBlock(start, end, kind));
    }

    private void Close(bool blankFollows)
    {
        if (_start < 0) return;
        var kind = _kind;
        if (_lines == 1 && _openedAfterBlank && blankFollows && IsBareHeading(_text.AsSpan(_start, _end - _start)))
        {
            kind = SentenceKind.Heading;
            _bareHeading = _blocks.Count + 1;
        }

        _blocks.Add(new TextBlock(_start, _end, kind));
        _start = -1;
    }

    /// <summary>A short line alone between blank lines that neither ends like a sentence nor is a "Name: value" line.</summary>
    private bool IsBareHeading(ReadOnlySpan<char> line)
    {
        if (_kind == SentenceKind.ListItem && !char.IsDigit(_text[Math.Max(0, LineStart(_start))])) return false;
        if (line.Length > LongestHeading || _start + line.Length >= _text.TrimEnd().Length) return false;
        if (line.Count(' ') > 9 || line.Contains(": ", StringComparison.Ordinal) && !NumberedTitle().IsMatch(line)) return false;
        return (char.IsUpper(line[0]) || char.IsDigit(line[0]) || line[0] == '§') && (char.IsLetterOrDigit(line[^1]) || line[^1] == ')');
    }

    private bool EndsInNoun(TextBlock block)
    {
        var word = _text.AsSpan(block.Start, block.End - block.Start);
        return char.IsUpper(word[(word.LastIndexOf(' ') + 1)..][0]);
    }

    private int LineStart(int position)
    {
        while (position > 0 && _text[position - 1] is not ('\n' or '\r')) position--;
        return position;
    }

    [GeneratedRegex(@"^#{1,6}\s+(.*?)\s*#*$")]
    private static partial Regex AtxHeading();

    [GeneratedRegex(@"^(={3,}|-{3,}|\*{3,}|_{3,}|(-\s){3,})$")]
    private static partial Regex Rule();

    [GeneratedRegex(@"^\|?[\s:|-]*-{2,}[\s:|-]*$")]
    private static partial Regex TableRule();

    [GeneratedRegex(@"\S(\t| {3,})\S")]
    private static partial Regex ColumnGap();

    [GeneratedRegex(@"^(?:[-*+•–·]\s+|\(\d{1,3}[a-z]?\)\s+|\d{1,3}[.)]\s+|\d{1,2}(?:\.\d{1,2})+\.?\s+(?=\p{Lu})|\(?[a-z]{1,2}\)\s+|[IVX]{1,4}\.\s+)")]
    private static partial Regex ListMarker();

    [GeneratedRegex(@"^(TOP|Tagesordnungspunkt|Kapitel|Teil|Abschnitt|Anlage|Artikel|Schritt|Phase|Stufe) \w{1,5}: ")]
    private static partial Regex NumberedTitle();

    [GeneratedRegex(@"^\**\p{Lu}[\p{L}\d .,/()-]{1,38}:\**\s+\S")]
    private static partial Regex Field();
}
