using System.Text;

namespace LLMoin.Retrieval.Reading;

/// <summary>Text as documents hold it to text as people and PostgreSQL read it.</summary>
internal static class CleanText
{
    /// <summary>
    /// Normal form C; runs of blanks (TAB, no-break and other spaces) become one space; zero-width characters, soft hyphens, control
    /// characters, unpaired surrogates and non-characters go. Line feeds stay where <paramref name="lines"/> says so, but no empty lines.
    /// </summary>
    public static string Of(string text, bool lines = false)
    {
        var clean = new StringBuilder(text.Length);
        var gap = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\n' or '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029')
                gap = lines ? '\n' : gap == '\0' ? ' ' : gap;
            else if (char.IsWhiteSpace(c))
                gap = gap == '\0' ? ' ' : gap;
            else if (IsPair(text, i) || IsVisible(c))
            {
                if (gap != '\0' && clean.Length > 0)
                    clean.Append(gap);
                gap = '\0';
                clean.Append(c);
                if (char.IsHighSurrogate(c))
                    clean.Append(text[++i]);
            }
        }

        var result = clean.ToString();
        return result.IsNormalized(NormalizationForm.FormC) ? result : result.Normalize(NormalizationForm.FormC);
    }

    private static bool IsPair(string text, int i) => char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);

    private static bool IsVisible(char c)
        => !char.IsControl(c) && !char.IsSurrogate(c)
           && c is not ('\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or '\uFFFE' or '\uFFFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or (>= '\uFDD0' and <= '\uFDEF'));
}
