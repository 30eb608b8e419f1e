using System.Text.RegularExpressions;

namespace LLMoin.Retrieval.Ingestion;

/// <summary>
/// Headings of Markdown and of German legal and office texts, and how they nest: Markdown levels first, then Teil, Kapitel,
/// Abschnitt, § and Artikel, then decimal numbers by depth (DIN 1421), then lines that merely stand alone.
/// </summary>
internal sealed partial class Headings
{
    private const int LongestBare = 100;
    private const int Plain = 100;

    private readonly List<(int Rank, string Text)> _open = [];

    public IReadOnlyList<string> Path { get; private set; } = [];

    /// <summary>The number of headings a new one of this rank would stay below.</summary>
    public int DepthOf(int rank) => _open.TakeWhile(heading => heading.Rank < rank).Count();

    public void Enter(string line)
    {
        var rank = Rank(line);
        var depth = DepthOf(rank);
        _open.RemoveRange(depth, _open.Count - depth);
        _open.Add((rank, Clean(line)));
        Path = [.. _open.Select(heading => heading.Text)];
    }

    /// <summary>A line that opens like a heading of a law or a numbered report, though no blank lines set it apart.</summary>
    public static bool IsNumbered(string line)
        => line.Length <= LongestBare && line[^1] is not ('.' or ',' or ';' or ':' or '!' or '?') && Numbered().IsMatch(line);

    /// <summary>Smaller is higher.</summary>
    public static int Rank(string line)
    {
        var markdown = line.Length - line.TrimStart('#').Length;
        if (markdown > 0) return markdown;
        if (Division().Match(line) is { Success: true } division)
            return Plain + (division.Groups[1].Value switch { "Teil" => 0, "Kapitel" => 1, _ => 2 });
        if (Section().IsMatch(line)) return Plain + 3;
        if (DecimalNumber().Match(line) is { Success: true } number) return Plain + 10 + number.Groups[1].Value.Count(c => c == '.');
        return Plain + 30;
    }

    private static string Clean(string line) => Space().Replace(line.Trim('#', ' ', '\t', '*', '_'), " ");

    [GeneratedRegex(@"^\**(?:(?:[IVX]+|\d+)\.?\s+)?(Teil|Kapitel|Abschnitt)\b|^\**(?:Erster|Zweiter|Dritter|Vierter|Fünfter)\s+(Teil|Abschnitt)")]
    private static partial Regex Division();

    [GeneratedRegex(@"^\**(?:§§?\s*\d|Art(?:ikel|\.)\s*\d)")]
    private static partial Regex Section();

    [GeneratedRegex(@"^\**(\d{1,2}(?:\.\d{1,2})*)\.?\s+\p{Lu}")]
    private static partial Regex DecimalNumber();

    [GeneratedRegex(@"^(?:§§?\s*\d+[a-z]?|Art(?:ikel|\.)\s*\d+[a-z]?|\d{1,2}(?:\.\d{1,2})+\.?)\s+\p{Lu}")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
