using System.Globalization;
using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Ledger;

/// <summary>
/// An entry without its person: neither user, department nor API key, and of the time the day only, so that nobody's behaviour can be read off.
/// </summary>
/// <param name="Late">Happened in a month that was closed already, and is booked to the first open one.</param>
/// <param name="Hash">Lower-case hexadecimal.</param>
internal sealed record LedgerLine(
    long Seq, BillingMonth Month, bool Late, Guid UsageId, Guid? Corrects, string? Reason, string Kind, string Model, string PriceClass, string Outcome,
    long PromptTokens, long CompletionTokens, long Pages, long Bytes, DateOnly OccurredOn, string Hash)
{
    public static LedgerLine Of(SealedEntry row, TimeZoneInfo zone)
    {
        var entry = row.Entry;
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(entry.OccurredAt, zone));
        return new LedgerLine(
            entry.Seq, entry.Month, entry.Month != BillingMonth.Of(day), entry.UsageId, entry.Corrects, row.Reason, entry.Kind, entry.Model, entry.PriceClass,
            entry.Outcome, entry.PromptTokens, entry.CompletionTokens, entry.Pages, entry.Bytes, day, Convert.ToHexStringLower(row.Hash));
    }
}

/// <summary>The tenant's ledger, entry by entry in the order of the chain.</summary>
internal static class LedgerLines
{
    public static async Task<Results<Ok<Page<LedgerLine>>, ProblemResult>> ListAsync(
        Caller caller, BillingDatabase database, IOptions<BillingOptions> options, CancellationToken cancellation,
        int limit = Page.DefaultLimit, string? after = null, string? month = null)
    {
        if (Page.Check(limit) is { } wrongLimit)
            return wrongLimit;
        var seq = 0L;
        if (after is not null && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out seq))
            return new ProblemResult(ProblemType.InvalidRequest, "after is the next of the page before.", "after", "after ist das next der Seite davor.");
        var only = default(BillingMonth);
        if (month is not null && !BillingMonth.TryParse(month, out only))
            return new ProblemResult(ProblemType.InvalidRequest, "month is a month such as 2026-03.", "month", "month ist ein Monat wie 2026-03.");

        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await LedgerTable.QueryAsync(
            transaction, "where tenant = $1 and seq > $2 and ($3::date is null or month = $3) order by seq limit $4",
            [new() { Value = caller.Tenant }, new() { Value = seq }, new() { Value = month is null ? DBNull.Value : only.FirstDay }, new() { Value = limit + 1 }],
            cancellation);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);
        return TypedResults.Ok(Page.Of([.. rows.Select(row => LedgerLine.Of(row, zone))], limit, line => line.Seq.ToString(CultureInfo.InvariantCulture)));
    }
}
