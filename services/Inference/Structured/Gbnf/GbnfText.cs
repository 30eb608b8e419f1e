using System.Globalization;
using System.Text;

namespace LLMoin.Inference.Structured.Gbnf;

/// <summary>Writes terminals of GBNF.</summary>
internal static class GbnfText
{
    /// <summary>A literal that matches exactly this text.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
            literal.Append(rune.Value switch
            {
                '"' or '\\' => $"\\{rune}",
                '\n' => "\\n",
                < 0x20 or 0x7F => Escape(rune.Value),
                _ => rune.ToString(),
            });
        return literal.Append('"').ToString();
    }

    /// <summary>A character inside <c>[ ]</c>; all but letters and digits escaped, as several of them mean something there.</summary>
    public static string InClass(int codePoint)
        => codePoint < 0x80 && char.IsAsciiLetterOrDigit((char)codePoint) ? ((char)codePoint).ToString() : Escape(codePoint);

    /// <summary>Alternatives as one item, in brackets only where there are several.</summary>
    public static string Choice(IReadOnlyList<string> alternatives)
        => alternatives.Count == 1 ? alternatives[0] : $"( {string.Join(" | ", alternatives)} )";

    private static string Escape(int codePoint) => codePoint switch
    {
        < 0x100 => string.Create(CultureInfo.InvariantCulture, $"\\x{codePoint:X2}"),
        < 0x10000 => string.Create(CultureInfo.InvariantCulture, $"\\u{codePoint:X4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\U{codePoint:X8}"),
    };
}
