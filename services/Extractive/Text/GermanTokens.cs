using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace LLMoin.Extractive.Text;

public enum TokenKind
{
    /// <summary>A word; hyphenated words give one token a part.</summary>
    Word,

    /// <summary>A number, date or time in canonical writing: "1.234,50" is "1234.5", "01.03.2026" is "1.3.2026", "drei" is "3".</summary>
    Number,

    /// <summary>A place in a law: "§ 12" is "§12", "Absatz 3" and "Abs. 3" are "abs3".</summary>
    Reference,

    /// <summary>A file number kept whole: "32-4/2026-117".</summary>
    FileNumber,
}

/// <summary>
/// One token of the source span (Start, Length). <paramref name="Folded"/> is lower case without umlauts and ß,
/// <paramref name="Term"/> is what is compared: the stem of a word, the canonical writing of everything else.
/// </summary>
public readonly record struct Token(int Start, int Length, TokenKind Kind, string Folded, string Term)
{
    /// <summary>A function word of German, question words included.</summary>
    public bool IsStopWord => Kind == TokenKind.Word && (Folded.Length < 2 || StopWords.German.Contains(Folded));
}

/// <summary>Tokenising of German administrative text: words, section references, file numbers, numbers.</summary>
public static class GermanTokens
{
    private static readonly FrozenDictionary<string, string> ReferenceWords =
        "paragraph=§ paragraf=§ paragrafen=§ abs=abs absatz=abs absatzes=abs art=art artikel=art artikels=art nr=nr nummer=nr ziffer=nr ziff=nr anlage=anl"
            .Split(' ').Select(pair => pair.Split('=')).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static readonly string[] NumberWords = ["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"];

    /// <returns>Tokens in source order; punctuation and white space give none.</returns>
    public static List<Token> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new List<Token>();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '§') i = ReadReference(text, i, i, "§", tokens);
            else if (char.IsLetterOrDigit(text[i])) i = ReadRun(text, i, tokens);
            else i++;
        }

        return tokens;
    }

    /// <summary>
    /// Lower case, umlauts and their transcriptions (ae, oe, ue) without marks, ß as ss, so that "Gebühr", "Gebuehr" and "GEBÜHR" meet.
    /// As in Snowball's german2, ue stays after q and after a vowel ("Steuer", "neue").
    /// </summary>
    public static string Fold(string word) => Unmark(LowerWithUmlauts(word));

    private static int ReadRun(string text, int start, List<Token> tokens)
    {
        var end = start;
        var digits = false;
        while (end < text.Length)
        {
            if (char.IsLetterOrDigit(text[end])) digits |= char.IsDigit(text[end]);
            else if (!(IsJoiner(text[end]) && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1]))) break;
            end++;
        }

        if (digits && AddWithDigits(text, start, end, tokens)) return end;
        for (var i = start; i < end;)
        {
            var part = i;
            while (part < end && (char.IsLetterOrDigit(text[part]) || text[part] is '\u0308')) part++;
            if (part > i)
            {
                var stop = AddWord(text, i, part, tokens);
                if (stop > end) return stop;
                part = Math.Max(part, stop);
            }

            i = part + (part == i ? 1 : 0);
            while (i < end && !char.IsLetterOrDigit(text[i])) i++;
        }

        return end;
    }

    private static bool IsJoiner(char sign) => sign is '-' or '/' or '.' or ',' or ':' or '_' or '@' or '’' or '\'' or '\u00AD';

    private static int AddWord(string text, int start, int end, List<Token> tokens)
    {
        var lower = LowerWithUmlauts(text[start..end]);
        if (ReferenceWords.TryGetValue(lower, out var reference))
        {
            var number = end;
            while (number < text.Length && (text[number] == ' ' || text[number] == '.' || text[number] == '\u00A0')) number++;
            if (number < text.Length && char.IsDigit(text[number])) return ReadReference(text, start, number, reference, tokens);
        }

        var value = Array.IndexOf(NumberWords, lower);
        tokens.Add(value >= 0
            ? new Token(start, end - start, TokenKind.Number, Unmark(lower), (value + 2).ToString(CultureInfo.InvariantCulture))
            : new Token(start, end - start, TokenKind.Word, Unmark(lower), GermanStemmer.Stem(char.IsLower(text[start]) ? GermanVerbs.Infinitive(lower) : lower)));
        return end;
    }

    /// <summary>Reads the number of a section reference with its letter ("§ 12a"); alone, the sign is no token.</summary>
    private static int ReadReference(string text, int start, int position, string sign, List<Token> tokens)
    {
        while (position < text.Length && text[position] is '§' or ' ' or '\u00A0') position++;
        var end = position;
        while (end < text.Length && char.IsDigit(text[end])) end++;
        if (end == position) return Math.Max(position, start + 1);
        if (end < text.Length && char.IsLetter(text[end]) && (end + 1 == text.Length || !char.IsLetter(text[end + 1]))) end++;
        var term = sign + text[position..end].ToLowerInvariant();
        tokens.Add(new Token(start, end - start, TokenKind.Reference, term, term));
        return end;
    }

    /// <summary>Numbers, dates, times and file numbers; false for a word that merely has a part with digits ("24-Stunden-Dienst").</summary>
    private static bool AddWithDigits(string text, int start, int end, List<Token> tokens)
    {
        var raw = text[start..end].ToLowerInvariant();
        var letters = raw.Any(char.IsLetter);
        var parts = raw.Split('-', '/', '.', ',', ':');
        var withDigits = parts.Count(part => part.Any(char.IsDigit));
        if (letters && (withDigits < 2 || raw.Contains('@', StringComparison.Ordinal))) return false;
        var isFile = letters || raw.AsSpan().IndexOfAny('-', '/') >= 0;
        var term = isFile ? raw : Canonical(raw, parts);
        tokens.Add(new Token(start, end - start, isFile ? TokenKind.FileNumber : TokenKind.Number, term, term));
        return true;
    }

    private static string Canonical(string raw, string[] parts)
    {
        if (raw.Contains(':', StringComparison.Ordinal)) return string.Join('.', parts.Select(Trimmed));
        var comma = raw.IndexOf(',', StringComparison.Ordinal);
        var whole = comma < 0 ? raw : raw[..comma];
        var groups = whole.Split('.');
        if (groups.Length > 1 && groups.Skip(1).All(group => group.Length == 3)) whole = string.Concat(groups);
        else if (groups.Length > 1) return string.Join('.', groups.Select(Trimmed));
        var fraction = comma < 0 ? "" : raw[(comma + 1)..].TrimEnd('0');
        return fraction.Length == 0 ? Trimmed(whole) : Trimmed(whole) + "." + fraction;
    }

    private static string Trimmed(string digits) => digits.TrimStart('0') is { Length: > 0 } rest ? rest : "0";

    private static string LowerWithUmlauts(string word)
    {
        var lower = word.Normalize(NormalizationForm.FormC).ToLowerInvariant();
        if (lower.AsSpan().IndexOf('e') < 0) return lower;
        var folded = new StringBuilder(lower.Length);
        for (var i = 0; i < lower.Length; i++)
        {
            var mark = i + 1 < lower.Length && lower[i + 1] == 'e' ? lower[i] switch { 'a' => 'ä', 'o' => 'ö', 'u' => 'ü', _ => '\0' } : '\0';
            var stays = mark == 'ü' && i > 0 && "aeiouqäöüy".Contains(lower[i - 1], StringComparison.Ordinal);
            folded.Append(mark == '\0' || stays ? lower[i] : mark);
            if (mark != '\0' && !stays) i++;
        }

        return folded.ToString();
    }

    private static string Unmark(string lower)
    {
        if (lower.AsSpan().IndexOfAny("äöüß") < 0) return lower;
        return lower.Replace('ä', 'a').Replace('ö', 'o').Replace('ü', 'u').Replace("ß", "ss", StringComparison.Ordinal);
    }
}
