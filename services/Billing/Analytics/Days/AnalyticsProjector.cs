using LLMoin.Billing.Ledger;
using LLMoin.Billing.Months;
using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Analytics.Days;

/// <summary>
/// Follows each tenant's chain and counts each entry once: sums and place move in one transaction. A tenant whose entries are all counted has its
/// ended days settled. Replicas share the tenants.
/// </summary>
internal sealed partial class AnalyticsProjector(
    BillingDatabase database, BillingCalendar calendar, IOptions<AnalyticsOptions> options, TimeProvider clock, ILogger<AnalyticsProjector> logger) : BackgroundService
{
    private const int Batch = 20_000;

    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(calendar.TimeZone);

    private DateOnly SettledBefore => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow() - options.Value.Settle, _zone).DateTime);

    /// <summary>Counts everything that is booked by now, and settles the days that have ended.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        foreach (var tenant in await BehindAsync(cancellation))
        {
            while (await CountAsync(tenant, cancellation))
            {
                // The next batch is a transaction of its own.
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => FollowerPace.FollowAsync(() => RoundAsync(stoppingToken), clock, stoppingToken);

    private async Task RoundAsync(CancellationToken cancellation)
    {
        try
        {
            await CatchUpAsync(cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception);
        }
    }

    private async Task<IReadOnlyList<string>> BehindAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginForAllAsync(cancellation);
        return await transaction.QueryAsync<string>(
            """
            select tenant from ledger_heads h left join analytics_progress p using (tenant)
            where p.seq is distinct from h.seq or p.settled_before is null or p.settled_before < @SettledBefore or p.closed_through is distinct from h.closed_through
            order by tenant
            """, new { SettledBefore }, cancellation);
    }

    /// <returns>Whether more is waiting.</returns>
    private async Task<bool> CountAsync(string tenant, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginForAllAsync(cancellation);
        if (await AnalyticsDays.LockAsync(transaction, tenant, cancellation) is not { } counted)
            return false;
        var through = Math.Min(counted.Head, counted.Seq + Batch);
        if (through > counted.Seq)
            await AnalyticsDays.AddAsync(transaction, tenant, counted.Seq, through, counted.SettledBefore, calendar.TimeZone, cancellation);
        if (through == counted.Head)
            await AnalyticsDays.SettleAsync(transaction, tenant, through, SettledBefore, counted.ClosedThrough, cancellation);
        else
            await transaction.ExecuteAsync("update analytics_progress set seq = @through where tenant = @tenant", new { tenant, through }, cancellation);
        await transaction.CommitAsync(cancellation);
        return through < counted.Head;
    }

    [LoggerMessage(LogLevel.Warning, "The figures could not be brought up to date; trying again")]
    private partial void LogFailed(Exception exception);
}
