using System.Text.RegularExpressions;
using LLMoin.Exports.Blocks;

namespace LLMoin.Exports.Text;

/// <summary>Runs as Markdown in one line.</summary>
internal static partial class MarkdownRuns
{
    /// <param name="runs">What to write.</param>
    /// <param name="lineBreak">Stands for a line feed.</param>
    public static string Write(IReadOnlyList<Run> runs, string lineBreak)
        => string.Concat(runs.Select(Write)).Trim().Replace("\n", lineBreak, StringComparison.Ordinal);

    public static string Escaped(string text) => LineMarkup().Replace(Markup().Replace(text, @"\$0"), @"$1\$2");

    /// <summary>Back-ticks, one more than the longest row of them in the text and at least <paramref name="least"/>.</summary>
    public static string Fence(string text, int least)
        => new('`', Math.Max(least, 1 + Ticks().Matches(text).Select(match => match.Length).DefaultIfEmpty(0).Max()));

    private static string Write(Run run)
    {
        // Emphasis does not begin or end with a space.
        var text = run.Text.Trim(' ', '\n');
        if (text.Length == 0)
            return run.Text;
        var at = run.Text.IndexOf(text, StringComparison.Ordinal);
        var (before, after) = (run.Text[..at], run.Text[(at + text.Length)..]);
        text = run.Code ? Code(text) : Escaped(text);
        if (run.Italic)
            text = $"*{text}*";
        if (run.Bold)
            text = $"**{text}**";
        if (run.Link is { } link)
            text = $"[{text}](<{link.AbsoluteUri}>)";
        return before + text + after;
    }

    private static string Code(string text)
    {
        var fence = Fence(text, 1);
        var room = text[0] == '`' || text[^1] == '`' ? " " : "";
        return fence + room + text.Replace('\n', ' ').Replace("|", @"\|", StringComparison.Ordinal) + room + fence;
    }

    /// <summary>Not the brackets of a citation: <c>[3]</c> is no link, as nothing defines its target.</summary>
    [GeneratedRegex(@"[\\`*_<>|&~]|\[(?!\d{1,3}\](?!\())|(?<!\[\d{1,3})\]|\](?=\()")]
    private static partial Regex Markup();

    /// <summary>What begins a block where a line begins with it.</summary>
    [GeneratedRegex(@"(^\s{0,3}(?:\d{1,9})?)([#+\-=.)])(?=[\s#=\-]|$)", RegexOptions.Multiline)]
    private static partial Regex LineMarkup();

    [GeneratedRegex("`+")]
    private static partial Regex Ticks();
}
