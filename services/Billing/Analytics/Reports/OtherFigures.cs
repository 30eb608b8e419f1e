using LLMoin.Billing.Analytics.Release;
using LLMoin.Billing.Usage;

namespace LLMoin.Billing.Analytics.Reports;

/// <summary>Null is what has nothing, or too few people, behind it. Failed answers cost nothing and are not in it.</summary>
internal sealed record TokenFigures(TokenCount? PromptTokens, TokenCount? CompletionTokens)
{
    public static TokenFigures Of(IReadOnlyList<Atom> atoms) => atoms.Count == 0
        ? new TokenFigures(null, null)
        : new TokenFigures(new TokenCount(atoms.Sum(atom => atom.Sums.PromptTokens)), new TokenCount(atoms.Sum(atom => atom.Sums.CompletionTokens)));
}

/// <summary>Null is what has nothing, or too few people, behind it.</summary>
/// <param name="Up">Answers found good, less those of which that was taken back.</param>
/// <param name="Down">Answers found bad, likewise.</param>
/// <param name="Rate">The share found good, 0 to 1; null where either is.</param>
internal sealed record FeedbackFigures(long? Up, long? Down, double? Rate)
{
    public static FeedbackFigures Of(IReadOnlyList<Atom> atoms)
    {
        var (up, down) = (Count("up"), Count("down"));
        return new FeedbackFigures(up, down, up is { } good && down is { } bad && good + bad > 0 ? Math.Round((double)good / (good + bad), 4) : null);

        long? Count(string verdict)
        {
            var those = atoms.Where(atom => atom.Scope == verdict).ToList();
            return those.Count == 0 ? null : Math.Max(0, those.Sum(atom => atom.Sums.Uses));
        }
    }
}
