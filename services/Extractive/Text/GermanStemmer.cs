namespace LLMoin.Extractive.Text;

/// <summary>
/// The German stemmer of the Snowball project, written from its published description
/// (https://snowballstem.org/algorithms/german/stemmer.html; M. F. Porter, "Snowball: A language for stemming algorithms", 2001):
/// three suffix steps inside the regions R1 and R2. Input is one lower-case word; output has no umlauts and no ß.
/// </summary>
public static class GermanStemmer
{
    private const string Vowels = "aeiouyäöü";
    private const string BeforeS = "bdfghklmnrt";
    private const string BeforeSt = "bdfghklmnt";

    public static string Stem(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var letters = Prelude(word);
        var r1 = Region(letters, 0);
        var r2 = Region(letters, r1);
        // The region before R1 holds at least three letters.
        r1 = Math.Max(r1, Math.Min(3, letters.Length));

        var rest = StepThree(StepTwo(StepOne(letters, r1), r1), r1, r2);
        return Postlude(rest);
    }

    /// <summary>ß becomes ss; u and y between vowels become capitals, that is consonants.</summary>
    private static string Prelude(string word)
    {
        var letters = word.Replace("ß", "ss", StringComparison.Ordinal).ToCharArray();
        for (var i = 1; i + 1 < letters.Length; i++)
        {
            if (letters[i] is 'u' or 'y' && IsVowel(letters[i - 1]) && IsVowel(letters[i + 1])) letters[i] = char.ToUpperInvariant(letters[i]);
        }

        return new string(letters);
    }

    private static string Postlude(string stem)
        => string.Create(stem.Length, stem, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = source[i] switch { 'ä' => 'a', 'ö' => 'o', 'ü' or 'U' => 'u', 'Y' => 'y', var other => other };
            }
        });

    /// <summary>Start of the region behind the first consonant that follows a vowel, looking from <paramref name="from"/>.</summary>
    private static int Region(string word, int from)
    {
        var i = from;
        while (i < word.Length && !IsVowel(word[i])) i++;
        while (i < word.Length && IsVowel(word[i])) i++;
        return Math.Min(i + 1, word.Length);
    }

    private static string StepOne(string word, int r1)
    {
        if (Longest(word, "ern", "em", "er") is { } first) return InRegion(word, first, r1) ? Cut(word, first) : word;
        if (Longest(word, "en", "es", "e") is { } second)
        {
            if (!InRegion(word, second, r1)) return word;
            var stem = Cut(word, second);
            return stem.EndsWith("niss", StringComparison.Ordinal) ? stem[..^1] : stem;
        }

        return word.Length > 1 && word[^1] == 's' && BeforeS.Contains(word[^2], StringComparison.Ordinal) && InRegion(word, "s", r1) ? word[..^1] : word;
    }

    private static string StepTwo(string word, int r1)
    {
        if (Longest(word, "est", "en", "er") is { } suffix) return InRegion(word, suffix, r1) ? Cut(word, suffix) : word;
        var valid = word.EndsWith("st", StringComparison.Ordinal) && word.Length >= 6 && BeforeSt.Contains(word[^3], StringComparison.Ordinal);
        return valid && InRegion(word, "st", r1) ? word[..^2] : word;
    }

    private static string StepThree(string word, int r1, int r2)
    {
        switch (Longest(word, "isch", "lich", "heit", "keit", "end", "ung", "ig", "ik"))
        {
            case ("end" or "ung") and var suffix when InRegion(word, suffix, r2):
                var stem = Cut(word, suffix);
                return stem.EndsWith("ig", StringComparison.Ordinal) && !stem.EndsWith("eig", StringComparison.Ordinal) && InRegion(stem, "ig", r2) ? stem[..^2] : stem;
            case ("ig" or "ik" or "isch") and var suffix when InRegion(word, suffix, r2) && !Cut(word, suffix).EndsWith('e'):
                return Cut(word, suffix);
            case ("lich" or "heit") and var suffix when InRegion(word, suffix, r2):
                stem = Cut(word, suffix);
                return Longest(stem, "er", "en") is { } inner && InRegion(stem, inner, r1) ? Cut(stem, inner) : stem;
            case "keit" when InRegion(word, "keit", r2):
                stem = Cut(word, "keit");
                return Longest(stem, "lich", "ig") is { } last && InRegion(stem, last, r2) ? Cut(stem, last) : stem;
            default:
                return word;
        }
    }

    private static string? Longest(string word, params ReadOnlySpan<string> suffixesByLength)
    {
        foreach (var suffix in suffixesByLength)
        {
            if (word.EndsWith(suffix, StringComparison.Ordinal)) return suffix;
        }

        return null;
    }

    private static bool InRegion(string word, string suffix, int region) => word.Length - suffix.Length >= region;

    private static string Cut(string word, string suffix) => word[..^suffix.Length];

    private static bool IsVowel(char letter) => Vowels.Contains(letter, StringComparison.Ordinal);
}
