using System.Runtime.InteropServices;

namespace LLMoin.Retrieval.Index.Text;

/// <summary>
/// Numbers that are written with spaces and belong together: "DIN 66399", "TOP 6", "RPA 14/2026", "VI B 3 – 100/21", "04999 77-900".
/// Their parts alone are everywhere, so the whole is a token too.
/// </summary>
internal static class Codes
{
    private const int LongestLetters = 4;
    private const int MostParts = 5;

    /// <summary>Joins the last token, a number, with the short upper-case words and numbers right before it, if there are any.</summary>
    public static void Join(string text, List<SearchToken> tokens)
    {
        var all = CollectionsMarshal.AsSpan(tokens);
        var last = all.Length - 1;
        var first = last;
        var letters = false;
        for (var i = last - 1; i >= 0 && last - first < MostParts; i--)
        {
            if (all[i].Joined) continue;
            if (!Touches(text, all[i].End, all[first].Start) || !IsPart(text, all[i], ref letters)) break;
            first = i;
        }

        var isFile = all[last].Exact!.AsSpan().IndexOfAny('/', '-') >= 0;
        if (first == last || !(letters || isFile || last - first == 1 && IsLong(all[first]) && IsLong(all[last])))
            return;
        var parts = new List<string>();
        for (var i = first; i <= last; i++)
        {
            if (!all[i].Joined)
                parts.Add(all[i].Exact ?? text[all[i].Start..all[i].End].ToLowerInvariant());
        }

        tokens.Add(new SearchToken(all[first].Start, all[last].End, string.Join(' ', parts), Joined: true));
    }

    private static bool IsPart(string text, SearchToken token, ref bool letters)
    {
        if (token.Exact is not null)
            return token.Exact.Length <= 5 && char.IsDigit(token.Exact[0]);
        var length = token.End - token.Start;
        if (length > LongestLetters || (length > 1 && text.AsSpan(token.Start, length).ContainsAnyExceptInRange('A', 'Z')))
            return false;
        letters = true;
        return true;
    }

    private static bool IsLong(SearchToken number) => number.Exact!.Length >= 3;

    /// <summary>Only spaces and dashes stand between, on one line.</summary>
    private static bool Touches(string text, int end, int start)
        => start - end is > 0 and <= 3 && !text.AsSpan(end, start - end).ContainsAnyExcept(" \u00A0\u202F-–");
}
