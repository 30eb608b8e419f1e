namespace LLMoin.UnitTests.Inference.Structured.Gbnf;

/// <summary>
/// A grammar as llama.cpp holds it: rules of alternatives of symbols, with groups and repetitions rewritten into rules of their own.
/// </summary>
/// <param name="Rules">By number; the first is the root.</param>
internal sealed record GbnfGrammar(IReadOnlyList<GbnfRule> Rules)
{
    /// <summary>
    /// llama.cpp looks for left recursion by walking leftmost references without remembering those it knows; what this would cost.
    /// </summary>
    public long LeftmostSteps()
    {
        var costs = new long?[Rules.Count];
        return Enumerable.Range(0, Rules.Count).Sum(rule => Cost(rule, costs, []));
    }

    private long Cost(int rule, long?[] costs, HashSet<int> under)
    {
        if (costs[rule] is { } known)
            return known;
        if (!under.Add(rule))
            throw new FormatException($"Left recursion at {Rules[rule].Name}.");
        var cost = 1L;
        foreach (var alternative in Rules[rule].Alternatives)
            foreach (var symbol in alternative)
            {
                if (symbol.Rule is not { } next)
                    break;
                cost = Math.Min(cost + Cost(next, costs, under), long.MaxValue / 1_000_000);
                if (!MayBeEmpty(next, []))
                    break;
            }
        under.Remove(rule);
        costs[rule] = cost;
        return cost;
    }

    private bool MayBeEmpty(int rule, HashSet<int> under)
        => under.Add(rule) && Rules[rule].Alternatives.Any(alternative => alternative.All(symbol => symbol.Rule is { } next && MayBeEmpty(next, under)));
}

internal sealed record GbnfRule(string Name, IReadOnlyList<IReadOnlyList<GbnfSymbol>> Alternatives);

/// <param name="Rule">The number of a rule; or else a character of the ranges, or with <paramref name="Negated"/> none of them.</param>
internal sealed record GbnfSymbol(int? Rule, IReadOnlyList<(int First, int Last)> Ranges, bool Negated)
{
    public bool Matches(int codePoint) => Ranges.Any(range => range.First <= codePoint && codePoint <= range.Last) != Negated;
}
