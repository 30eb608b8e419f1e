using System.Text;

namespace LLMoin.UnitTests.Inference.Structured.Gbnf;

/// <summary>
/// Writes random texts that a grammar admits, as a model without any sense would; without characters beyond U+FFFF, of which the
/// validator counts two where JSON Schema counts one.
/// </summary>
internal sealed class GbnfWriter
{
    private const int Deep = 60;
    private const int Long = 2_000;

    private const string Likely = "abcxyzABCXYZ0123456789 äöüÄÖÜß§€-–_.,:;/()[]{}\"\\'<>\n\t\u2028漢";

    private readonly GbnfGrammar _grammar;
    private readonly int[] _heights;

    public GbnfWriter(GbnfGrammar grammar)
    {
        _grammar = grammar;
        _heights = new int[grammar.Rules.Count];
        Array.Fill(_heights, int.MaxValue);
        for (var grown = true; grown;)
        {
            grown = false;
            for (var rule = 0; rule < _heights.Length; rule++)
                if (grammar.Rules[rule].Alternatives.Min(Height) is var height and < int.MaxValue - 1 && height + 1 < _heights[rule])
                    (_heights[rule], grown) = (height + 1, true);
        }
    }

    public string Write(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        Write(0, 0, random, eagerness: random.NextDouble(), text);
        return text.ToString();
    }

    private void Write(int rule, int depth, Random random, double eagerness, StringBuilder text)
    {
        // Repetitions are rules that refer to themselves at their end: walked here, so that long ones cost no depth.
        while (true)
        {
            var alternatives = _grammar.Rules[rule].Alternatives;
            var chosen = depth > Deep || text.Length > Long ? alternatives.MinBy(Height)!
                : alternatives is [_, []] ? alternatives[random.NextDouble() < eagerness ? 0 : 1]
                : alternatives[random.Next(alternatives.Count)];
            for (var index = 0; index < chosen.Count; index++)
            {
                if (chosen[index].Rule is not { } inner)
                {
                    text.Append(Character(chosen[index], random));
                }
                else if (index == chosen.Count - 1)
                {
                    rule = inner;
                    goto Tail;
                }
                else
                {
                    Write(inner, depth + 1, random, eagerness, text);
                }
            }
            return;
        Tail:;
        }
    }

    private int Height(IReadOnlyList<GbnfSymbol> alternative)
        => alternative.Count == 0 ? 0 : alternative.Max(symbol => symbol.Rule is { } rule ? _heights[rule] : 0);

    private static Rune Character(GbnfSymbol symbol, Random random)
    {
        var likely = Likely.EnumerateRunes().Where(rune => symbol.Matches(rune.Value)).ToList();
        if (likely.Count > 0 && random.Next(4) > 0)
            return likely[random.Next(likely.Count)];
        while (true)
        {
            var (first, last) = symbol.Negated ? (0, 0xFFFF) : symbol.Ranges[random.Next(symbol.Ranges.Count)];
            if (Rune.TryCreate(random.Next(first, Math.Max(first, Math.Min(last, 0xFFFF)) + 1), out var rune) && symbol.Matches(rune.Value))
                return rune;
        }
    }
}
