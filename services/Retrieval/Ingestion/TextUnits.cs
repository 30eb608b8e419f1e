using LLMoin.Extractive.Sentences;

namespace LLMoin.Retrieval.Ingestion;

/// <summary>
/// What a chunk is built of and never cut inside: a sentence or a table row with its markers (-, |, 1.), or a heading line.
/// </summary>
/// <param name="OpensParagraph">The first unit of a paragraph, list item or row.</param>
internal readonly record struct TextUnit(int Start, int End, int Words, bool IsHeading, bool OpensParagraph);

/// <summary>Reads a text into units, in order, none empty, none overlapping.</summary>
internal static class TextUnits
{
    /// <summary>What no German sentence reaches; base64, logs and tables without line ends do. Cut at white space, or hard.</summary>
    private const int LongestUnit = 4_000;

    /// <summary>Lines of running text that happen to begin with "§ 5" are longer.</summary>
    private const int LongestUnmarkedHeading = 60;

    private const string Markers = "|-*+•–·>_#";

    public static IEnumerable<TextUnit> Read(string text)
    {
        var sentences = SentenceSplitter.Split(text);
        var floor = 0;
        for (var i = 0; i < sentences.Count; i++)
        {
            var opens = i == 0 || sentences[i - 1].Block != sentences[i].Block;
            var closes = i + 1 == sentences.Count || sentences[i + 1].Block != sentences[i].Block;
            var start = opens ? WithMarkersBefore(text, sentences[i].Start, floor) : sentences[i].Start;
            var end = closes ? WithMarkersBehind(text, sentences[i].End) : sentences[i].End;
            var isHeading = sentences[i].Kind == SentenceKind.Heading
                || (opens && closes && sentences[i].Kind is SentenceKind.Prose or SentenceKind.ListItem && IsNumberedLine(text, start, end));
            floor = end;
            if (opens && HeadingLine(text, start, end) is > 0 and var headingEnd)
            {
                yield return new TextUnit(start, headingEnd, Words(text.AsSpan(start, headingEnd - start)), IsHeading: true, OpensParagraph: true);
                start = headingEnd + 1;
                while (start < end && char.IsWhiteSpace(text[start])) start++;
            }

            while (end - start > LongestUnit)
            {
                var cut = text.LastIndexOf(' ', start + LongestUnit, LongestUnit / 2) is var space and > 0 ? space : CutBetweenCharacters(text, start + LongestUnit);
                yield return new TextUnit(start, cut, Words(text.AsSpan(start, cut - start)), IsHeading: false, opens);
                start = cut;
                while (start < end && char.IsWhiteSpace(text[start])) start++;
                opens = false;
            }

            if (start < end)
                yield return new TextUnit(start, end, Words(text.AsSpan(start, end - start)), isHeading, opens);
        }
    }

    private static bool IsNumberedLine(string text, int start, int end)
    {
        var line = text[start..end];
        return !line.Contains('\n', StringComparison.Ordinal) && Headings.IsNumbered(line);
    }

    /// <summary>Where a heading such as "§ 5 Gebühren" ends whose text follows in the next line without a blank one; 0 for none.</summary>
    private static int HeadingLine(string text, int start, int end)
    {
        var lineEnd = text.IndexOf('\n', start, end - start);
        return lineEnd > start && lineEnd - start <= LongestUnmarkedHeading && (char.IsUpper(text[lineEnd + 1]) || text[lineEnd + 1] == '(')
            && Headings.IsNumbered(text[start..lineEnd]) ? lineEnd : 0;
    }

    /// <summary>Moves to the line's first visible character when only a list or table marker or a number stands before.</summary>
    private static int WithMarkersBefore(string text, int start, int floor)
    {
        var line = start;
        while (line > floor && text[line - 1] != '\n') line--;
        while (line < start && char.IsWhiteSpace(text[line])) line++;
        return line;
    }

    private static int WithMarkersBehind(string text, int end)
    {
        var line = end;
        while (line < text.Length && (Markers.Contains(text[line], StringComparison.Ordinal) || text[line] is ' ' or '\t')) line++;
        if (line < text.Length && text[line] != '\n') return end;
        while (line > end && char.IsWhiteSpace(text[line - 1])) line--;
        return line;
    }

    private static int CutBetweenCharacters(string text, int position) => char.IsLowSurrogate(text[position]) ? position - 1 : position;

    private static int Words(ReadOnlySpan<char> span)
    {
        var words = 0;
        var inside = false;
        foreach (var c in span)
        {
            var letter = char.IsLetterOrDigit(c);
            if (letter && !inside) words++;
            inside = letter || (inside && !char.IsWhiteSpace(c));
        }

        return words;
    }
}
