using System.Globalization;
using System.Text.RegularExpressions;

namespace LLMoin.Extractive.Summaries;

/// <summary>How long a summary shall be: a number of sentences, a share of the source's sentences, or a number of words.</summary>
public readonly partial record struct SummaryLength
{
    private enum Unit
    {
        Default,
        Sentences,
        Percent,
        Words,
    }

    private const int DefaultSentences = 5;
    private readonly Unit _unit;
    private readonly int _value;

    private SummaryLength(Unit unit, int value) => (_unit, _value) = (unit, value);

    public static SummaryLength Sentences(int count) => new(Unit.Sentences, Math.Max(1, count));

    public static SummaryLength Percent(int percent) => new(Unit.Percent, Math.Clamp(percent, 1, 100));

    public static SummaryLength Words(int count) => new(Unit.Words, Math.Max(1, count));

    /// <summary>Words the chosen sentences may have together; null where length is counted in sentences.</summary>
    public int? WordBudget => _unit == Unit.Words ? _value : null;

    /// <param name="available">Sentences of the source that can be quoted.</param>
    /// <returns>Sentences to choose; by default five, of short texts a third.</returns>
    public int SentenceCount(int available) => _unit switch
    {
        Unit.Sentences => Math.Min(_value, available),
        Unit.Percent => Math.Clamp((int)Math.Round(available * _value / 100.0), 1, Math.Max(1, available)),
        Unit.Words => available,
        _ => Math.Clamp(Math.Min(DefaultSentences, (available + 2) / 3), 1, Math.Max(1, available)),
    };

    /// <summary>Reads "in drei Sätzen", "auf 10 %", "höchstens 100 Wörter", "kurz", "ausführlich" and their English counterparts.</summary>
    public static SummaryLength Read(string instruction)
    {
        if (Counted().Match(instruction) is { Success: true } counted)
        {
            var count = Number(counted.Groups[1].Value);
            return counted.Groups[2].Value[0] is 'W' or 'w' ? Words(count) : Sentences(count);
        }

        if (Share().Match(instruction) is { Success: true } share) return Percent(Number(share.Groups[1].Value));
        if (Detailed().IsMatch(instruction)) return Sentences(12);
        return Short().IsMatch(instruction) ? Sentences(3) : default;
    }

    private static int Number(string word)
    {
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        string[] numbers = ["null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"];
        string[] english = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
        var lower = word.ToLowerInvariant();
        var index = Math.Max(Array.IndexOf(numbers, lower), Array.IndexOf(english, lower));
        return index > 0 ? index : 1;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(\d{1,4}|eine[mnr]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|one|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:\w+ )?(s(?:ä|ae)tze?n?|satz|stichpunkte?n?|punkte?n?|aussagen|sentences?|points|bullets?|w(?:ö|oe)rtern?|worten?|words)\b", Options)]
    private static partial Regex Counted();

    [GeneratedRegex(@"\b(\d{1,3}) ?(?:%|prozent|v\. ?h\.|percent)", Options)]
    private static partial Regex Share();

    [GeneratedRegex(@"\b(ausführlich\w*|detailliert\w*|eingehend\w*|detailed|long)\b", Options)]
    private static partial Regex Detailed();

    [GeneratedRegex(@"\b(kurz\w*|knapp\w*|brief\w*|short\w*|tl;?dr)\b", Options)]
    private static partial Regex Short();
}
