using System.Text.RegularExpressions;

namespace LLMoin.Extractive.Answers;

/// <summary>Prints a source span as a quotation: one line, no Markdown emphasis, inner quotes single. No word is changed.</summary>
internal static partial class Quote
{
    public static string Of(string source)
    {
        var line = LineBreaks().Replace(source, " ").Trim();
        line = Emphasis().Replace(line, "$2").Replace('„', '‚').Replace('“', '‘');
        return $"„{line}“";
    }

    [GeneratedRegex(@"\s*[\r\n]+[\s>]*|[ \t\u00A0]{2,}")]
    private static partial Regex LineBreaks();

    [GeneratedRegex(@"(\*\*|__|\*|(?<!\w)_)(?=\S)(.+?)(?<=\S)\1")]
    private static partial Regex Emphasis();
}
