using LLMoin.Billing.Ledger;
using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Days;

/// <summary>
/// Keeps <c>usage_days</c> up by following each tenant's chain. Sums and watermark move in one transaction, so an entry is added once, whoever
/// dies when; replicas share the tenants, as one whose watermark is locked is passed over. The ledger never waits for it.
/// </summary>
internal sealed partial class DayProjector(BillingDatabase database, BillingCalendar calendar, TimeProvider clock, ILogger<DayProjector> logger) : BackgroundService
{
    private const int Batch = 20_000;

    /// <summary>Adds everything that is booked by now.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        foreach (var tenant in await BehindAsync(cancellation))
            await CatchUpAsync(tenant, cancellation);
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
            LogNotRead(exception);
        }
    }

    /// <summary>What is wrong with one tenant's chain does not keep the others waiting.</summary>
    private async Task CatchUpAsync(string tenant, CancellationToken cancellation)
    {
        try
        {
            while (await AddBatchAsync(tenant, cancellation))
            {
                // The next batch is a transaction of its own.
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, tenant);
        }
    }

    private async Task<IReadOnlyList<string>> BehindAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginForAllAsync(cancellation);
        return await transaction.QueryAsync<string>(
            "select tenant from ledger_heads left join usage_day_watermarks w using (tenant) where ledger_heads.seq > coalesce(w.seq, 0) order by tenant",
            null, cancellation);
    }

    /// <returns>Whether more may be waiting.</returns>
    private async Task<bool> AddBatchAsync(string tenant, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginForAllAsync(cancellation);
        await transaction.ExecuteAsync("insert into usage_day_watermarks values (@tenant, 0) on conflict do nothing", new { tenant }, cancellation);
        var watermark = await transaction.QueryAsync<long>(
            "select seq from usage_day_watermarks where tenant = @tenant for update skip locked", new { tenant }, cancellation);
        if (watermark is not [var after])
            return false;
        var end = await transaction.SingleAsync<long>("select seq from ledger_heads where tenant = @tenant", new { tenant }, cancellation);
        var through = Math.Min(end, after + Batch);
        await AddAsync(transaction, tenant, after, through, cancellation);
        await transaction.ExecuteAsync("update usage_day_watermarks set seq = @through where tenant = @tenant", new { tenant, through }, cancellation);
        await transaction.CommitAsync(cancellation);
        return through < end;
    }

    private Task<int> AddAsync(TenantTransaction transaction, string tenant, long after, long through, CancellationToken cancellation)
        => transaction.ExecuteAsync(
            $"""
             insert into usage_days ({UsageDays.Keys}, entries, failed, prompt_tokens, completion_tokens, pages, bytes)
             {UsageDays.Sums("tenant = @tenant and seq > @after and seq <= @through")}
             on conflict ({UsageDays.Keys}) do update set
               entries = usage_days.entries + excluded.entries, failed = usage_days.failed + excluded.failed,
               prompt_tokens = usage_days.prompt_tokens + excluded.prompt_tokens,
               completion_tokens = usage_days.completion_tokens + excluded.completion_tokens,
               pages = usage_days.pages + excluded.pages, bytes = usage_days.bytes + excluded.bytes
             """, new { tenant, after, through, calendar.TimeZone }, cancellation);

    [LoggerMessage(LogLevel.Warning, "The days' sums of {Tenant} could not be brought up to date; trying again")]
    private partial void LogFailed(Exception exception, string tenant);

    [LoggerMessage(LogLevel.Warning, "The chains could not be looked at; trying again")]
    private partial void LogNotRead(Exception exception);
}
