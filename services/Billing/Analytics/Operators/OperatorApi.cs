using LLMoin.Billing.Analytics.Durations;
using LLMoin.Billing.Analytics.Periods;
using LLMoin.Billing.Analytics.Release;
using LLMoin.Billing.Analytics.Reports;
using LLMoin.Billing.Usage;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Analytics.Operators;

/// <param name="Tenants">By name of the tenant: uses of all its functions together.</param>
/// <param name="All">The sums of what the tenants show.</param>
internal sealed record TenantsReport(
    DateOnly From, DateOnly To, string Grouping, int MinimumGroup, IReadOnlyList<Bucket> Buckets, IReadOnlyList<Series<UsesFigures>> Tenants, Series<UsesFigures> All);

/// <summary>Tenant by tenant and across, for those who run the platform: sums of the very atoms that the tenants see, so the two together tell no more.</summary>
internal static class OperatorApi
{
    public static async Task<Results<Ok<TenantsReport>, ProblemResult>> ReadAsync(
        Caller caller, BillingDatabase database, IOptions<BillingOptions> options, CancellationToken cancellation,
        string? from = null, string? to = null, string grouping = "day")
    {
        if (Groupings.TryRead(grouping, out var unit) is { } wrongGrouping)
            return wrongGrouping;
        if (Period.TryRead(from, to, options.Value.TimeZone, out var period) is { } wrongPeriod)
            return wrongPeriod;

        var frame = new Frame(period.From, period.To, unit, options.Value.MinimumGroup);
        await using var transaction = await database.BeginForOperatorAsync(caller, cancellation);
        var tenants = await AtomReader.ReadAsync(transaction, Family.Uses, frame.MinimumGroup, frame.From, frame.To, cancellation);
        var durations = await DurationTable.ReadAsync(transaction, frame.From, frame.To, cancellation);
        return TypedResults.Ok(new TenantsReport(
            frame.From, frame.To, grouping, frame.MinimumGroup, frame.Buckets,
            [.. tenants.Select(tenant => Total(tenant) with { Name = tenant.Tenant })],
            Total(new TenantAtoms("", Settled.Nothing, [.. tenants.SelectMany(tenant => tenant.Atoms)]))));

        Series<UsesFigures> Total(TenantAtoms of) => Report.Of(frame, of, atoms => UsesFigures.Of(atoms, durations, frame.MinimumGroup)).Total;
    }
}
