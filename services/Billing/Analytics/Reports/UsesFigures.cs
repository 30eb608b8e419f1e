using LLMoin.Billing.Analytics.Durations;
using LLMoin.Billing.Analytics.Release;

namespace LLMoin.Billing.Analytics.Reports;

/// <summary>Null is what has nothing, or too few people, behind it.</summary>
/// <param name="Uses">Requests for which somebody waited; a summary, a research, a draft or a translation is one, however many steps it took.</param>
/// <param name="AverageSeconds">Of those that did not fail, from order to end.</param>
/// <param name="P50Seconds">Half were done within; at most 4.5 % off.</param>
/// <param name="P90Seconds">Nine tenths were.</param>
/// <param name="P95Seconds">19 of 20 were.</param>
/// <param name="P99Seconds">99 of 100 were.</param>
/// <param name="ErrorRate">The share that failed on our side, 0 to 1; null too where too few people met an error.</param>
internal sealed record UsesFigures(
    long? Uses, double? AverageSeconds, double? P50Seconds, double? P90Seconds, double? P95Seconds, double? P99Seconds, double? ErrorRate)
{
    public static UsesFigures Of(IReadOnlyList<Atom> atoms, DurationTable durations, int least)
    {
        var done = atoms.Where(atom => atom.Scope == "done").ToList();
        var (all, sums) = (Total(atoms), Total(done));
        var failed = all.Uses - sums.Uses;
        var histogram = new LogHistogram();
        foreach (var cell in done.SelectMany(atom => atom.Cells))
            durations.AddTo(histogram, cell.Tenant, cell.Day, cell.Category);
        return new UsesFigures(
            atoms.Count == 0 ? null : all.Uses,
            sums.Uses == 0 ? null : Math.Round(sums.Milliseconds / 1000.0 / sums.Uses, 3),
            histogram.Quantile(0.5, least), histogram.Quantile(0.9, least), histogram.Quantile(0.95, least), histogram.Quantile(0.99, least),
            failed == 0 || done.Count == 0 ? null : Math.Round((double)failed / all.Uses, 4));
    }

    private static Sums Total(IEnumerable<Atom> atoms) => atoms.Aggregate(default(Sums), (sum, atom) => sum + atom.Sums);
}
