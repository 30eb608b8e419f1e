using System.Collections.Frozen;
using System.Globalization;

namespace LLMoin.Retrieval.Index.Text;

/// <summary>
/// Places in laws: "§ 35 Abs. 1 Nr. 3 BauGB" is found by "§35", "§35 abs1", "§35 abs1 nr3" and "§35 baugb", "§§ 31, 33 bis 35" by each
/// of its sections. "Paragraf", "Absatz", "Art." and the like are read as their signs.
/// </summary>
internal static class SectionReferences
{
    /// <summary>A longer range ("§§ 1 bis 2385") is a whole law and names no section.</summary>
    private const int LongestRange = 40;

    private static readonly FrozenDictionary<string, string> Signs =
        "paragraph=§ paragraf=§ paragrafen=§ paragraphen=§ art=art artikel=art artikels=art abs=abs absatz=abs absatzes=abs absätze=abs satz=satz s=satz nr=nr nrn=nr nummer=nr nummern=nr ziffer=nr ziff=nr buchst=bst buchstabe=bst lit=bst anlage=anl anlagen=anl anhang=anl"
            .Split(' ').Select(pair => pair.Split('=')).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> SignOf = Signs.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reads on from a § sign.</summary>
    /// <returns>The position behind what was read.</returns>
    public static int Read(string text, int start, List<SearchToken> tokens)
    {
        var position = start;
        while (position < text.Length && text[position] is '§' or ' ' or '\u00A0' or '\u202F') position++;
        var several = position - start > 1 && text[start + 1] == '§';
        return position < text.Length && char.IsDigit(text[position])
            ? new Chain(text, start, tokens).Read(position, "§", several)
            : Math.Max(position, start + 1);
    }

    /// <summary>Reads on from a word such as "Artikel" or "Abs." if a number follows.</summary>
    /// <returns>The position behind what was read; 0 if the word is one like any other.</returns>
    public static int ReadWord(string text, int start, int end, List<SearchToken> tokens)
    {
        var number = SkipSpace(text, end < text.Length && text[end] == '.' ? end + 1 : end);
        if (number == end || number >= text.Length || !char.IsDigit(text[number])) return 0;
        if (!SignOf.TryGetValue(text.AsSpan(start, end - start), out var sign) || (end - start == 1 && sign == "satz")) return 0;
        // A number of a list or heading is sought as a number: "Nr. 4.2" stands there as "4.2".
        return sign is "nr" or "satz" or "bst" ? 0 : new Chain(text, start, tokens).Read(number, sign, several: sign == "art");
    }

    private static int SkipSpace(string text, int position)
    {
        while (position < text.Length && text[position] is ' ' or '\u00A0' or '\u202F' or '\n') position++;
        return position;
    }

    /// <summary>One reference while it is read: sections, each with its paragraph, sentence and number.</summary>
    private readonly struct Chain(string text, int start, List<SearchToken> tokens)
    {
        public int Read(int position, string sign, bool several)
        {
            var sections = new List<string>();
            position = ReadValues(position, sign, several, letters: false, sections);
            foreach (var section in sections)
                Add(section, position, joined: section != sections[0]);
            var end = sign is "§" or "art" ? ReadPlaces(position, sections[^1]) : position;
            if (sign is "§" or "art" && Laws.Read(text, SkipSpace(text, end)) is { } law)
            {
                foreach (var section in sections)
                    Add(section + " " + law, end, joined: true);
            }

            return end;
        }

        /// <summary>Abs., Satz, Nr. and Buchst. in any order that the text has.</summary>
        private int ReadPlaces(int end, string path)
        {
            while (true)
            {
                var word = SkipSpace(text, end < text.Length && text[end] == ',' ? end + 1 : end);
                var wordEnd = word;
                while (wordEnd < text.Length && char.IsLetter(text[wordEnd])) wordEnd++;
                if (wordEnd == word || !SignOf.TryGetValue(text.AsSpan(word, wordEnd - word), out var sign) || sign is "§" or "art" or "anl") return end;
                var value = SkipSpace(text, wordEnd < text.Length && text[wordEnd] == '.' ? wordEnd + 1 : wordEnd);
                if (value >= text.Length || !(char.IsDigit(text[value]) || (sign == "bst" && char.IsLetter(text[value])))) return end;
                var places = new List<string>();
                end = ReadValues(value, $"{path} {sign}", several: true, letters: sign == "bst", places);
                foreach (var place in places)
                    Add(place, end, joined: true);
                path = places[^1];
            }
        }

        /// <summary>Reads "3", "3a", "3 und 5", "3 bis 5", "3, 4 und 6"; a lone section takes no other after a comma.</summary>
        private int ReadValues(int position, string prefix, bool several, bool letters, List<string> values)
        {
            var (number, end) = ReadValue(position, letters);
            values.Add(prefix + number);
            while (several)
            {
                var next = Continues(end, letters, out var isRange);
                if (next < 0) break;
                (var following, end) = ReadValue(next, letters);
                if (isRange && int.TryParse(number, out var from) && int.TryParse(following, out var to) && to - from is > 0 and <= LongestRange)
                {
                    for (var i = from + 1; i < to; i++)
                        values.Add(prefix + i.ToString(CultureInfo.InvariantCulture));
                }

                values.Add(prefix + following);
                number = following;
            }

            return end;
        }

        private (string Value, int End) ReadValue(int position, bool letters)
        {
            var end = position;
            if (letters) return (text[position..(position + 1)].ToLowerInvariant(), position + 1);
            while (end < text.Length && char.IsDigit(text[end])) end++;
            if (end < text.Length && char.IsLetter(text[end]) && (end + 1 == text.Length || !char.IsLetter(text[end + 1]))) end++;
            return (text[position..end].ToLowerInvariant(), end);
        }

        /// <summary>Where the next value of an enumeration or range begins; -1 where there is none.</summary>
        private int Continues(int end, bool letters, out bool isRange)
        {
            var position = SkipSpace(text, end);
            isRange = false;
            foreach (var link in (ReadOnlySpan<string>)[",", "und", "oder", "sowie", "bis", "–", "-"])
            {
                if (string.CompareOrdinal(text, position, link, 0, link.Length) != 0) continue;
                isRange = link is "bis" or "–" or "-";
                var value = SkipSpace(text, position + link.Length);
                if (value >= text.Length || (char.IsLetter(link[0]) && value == position + link.Length)) return -1;
                if (!letters) return char.IsDigit(text[value]) ? value : -1;
                return char.IsLetter(text[value]) && (value + 1 == text.Length || !char.IsLetterOrDigit(text[value + 1])) ? value : -1;
            }

            return -1;
        }

        private void Add(string term, int end, bool joined) => tokens.Add(new SearchToken(start, end, term, joined));
    }
}
