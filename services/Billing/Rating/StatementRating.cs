using LLMoin.Billing.Money;
using LLMoin.Billing.Months;
using LLMoin.Billing.Statements;
using LLMoin.Billing.Tariffs;

namespace LLMoin.Billing.Rating;

/// <summary>
/// Usage and prices become a statement's lines. Pure, in whole numbers, each line rounded once: whoever has the same ledger and tariffs gets the
/// same cents. How each component is counted stands in docs/billing-tariffs.md.
/// </summary>
internal static class StatementRating
{
    /// <param name="tariffs">The tenant's, with what held in earlier months.</param>
    /// <param name="usage">What is booked to the month.</param>
    /// <param name="centres">Cost centres by department.</param>
    /// <returns>By days with the same prices, in the order of the tariff; then what the minimum lacks; then what came late from closed months.</returns>
    public static IReadOnlyList<StatementLine> Rate(TariffHistory tariffs, MonthUsage usage, IReadOnlyDictionary<string, string> centres)
    {
        if (tariffs.FirstMonth is not { } firstMonth)
            return [];
        var segments = Segment.Of(tariffs, usage.Month);
        var lines = segments.SelectMany(segment => Positions(segment, usage, segment.IsTrial(firstMonth)).Where(position => position.IsCharged)
            .Select(position => position.ToLine(segment.Terms, centres))).ToList();

        var beyondTrial = segments.Where(segment => !segment.IsTrial(firstMonth)).ToList();
        if (beyondTrial.Count > 0)
        {
            var minimum = MonthPositions.Minimum(beyondTrial, lines.Sum(line => line.Net), usage.People);
            if (minimum.IsCharged)
                lines.Add(minimum.ToLine(beyondTrial[^1].Terms.Prices.VatRate, 0, centres));
        }

        return [.. lines, .. Corrections(tariffs, usage, centres)];
    }

    private static IEnumerable<Position> Positions(Segment segment, MonthUsage usage, bool trial) =>
    [
        .. trial ? [] : UserPositions.Of(segment, usage.People),
        .. MeteredPositions.Of(segment, usage.Days),
        MonthPositions.Flat(segment, usage.People),
    ];

    /// <summary>At the prices of the day on which it was used; only what was metered, as the people of a closed month are counted.</summary>
    private static IEnumerable<StatementLine> Corrections(TariffHistory tariffs, MonthUsage usage, IReadOnlyDictionary<string, string> centres)
        => from late in usage.Days.Where(day => day.Day < usage.Month.FirstDay).GroupBy(day => BillingMonth.Of(day.Day)).OrderBy(month => month.Key)
           from segment in Segment.Of(tariffs, late.Key)
           from position in MeteredPositions.Of(segment, [.. late])
           where position.IsCharged
           select (position with { Kind = "correction", Description = $"Nachtrag {late.Key}: {position.Description}" }).ToLine(segment.Terms, centres);
}
