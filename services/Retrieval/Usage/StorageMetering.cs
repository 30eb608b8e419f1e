using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval.Documents;
using LLMoin.ServiceDefaults.Database;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Usage;

/// <summary>
/// Says once a day how many bytes of files each tenant keeps. Days that passed while nobody ran are made up with what is kept now. The day's row
/// and all messages are one transaction under a lock, so that of several replicas one says it, and one that dies has said nothing.
/// </summary>
internal sealed partial class StorageMetering(
    TenantDatabase database, OutboxSignal outbox, IOptions<RetrievalOptions> options, TimeProvider clock, ILogger<StorageMetering> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Another replica, or the next start, goes on.
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            await SayAsync(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), _zone).DateTime), cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(exception);
        }
    }

    private async Task SayAsync(DateOnly today, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        await transaction.ExecuteAsync("select pg_advisory_xact_lock(hashtext('llmoin-storage-days'))", null, cancellation);
        var last = await transaction.SingleAsync<DateOnly?>("select max(day) from storage_days", null, cancellation);
        // Where it was never said, nothing was kept before today.
        var days = last is { } said ? Enumerable.Range(1, Math.Max(0, today.DayNumber - 1 - said.DayNumber)).Select(said.AddDays).ToArray() : [];
        if (last is not null && days.Length == 0)
            return;

        var kept = days.Length == 0 ? [] : await KeptAsync(transaction, cancellation);
        foreach (var day in days)
        {
            foreach (var (tenant, bytes) in kept)
                await transaction.PublishAsync(StorageDay.UsageId(tenant, day), Used(tenant, bytes, day), cancellation);
        }

        await transaction.ExecuteAsync(
            "insert into storage_days (day) select unnest(@days)", new { days = days.DefaultIfEmpty(today.AddDays(-1)).ToArray() }, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        foreach (var day in days)
            LogSaid(day, kept.Count);
    }

    /// <summary>The tenants that keep anything, with how many bytes.</summary>
    private static async Task<IReadOnlyList<(string Tenant, long Bytes)>> KeptAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync("select set_config('app.scope', 'tenants', true)", null, cancellation);
        var tenants = await transaction.QueryAsync<string>("select tenant from index_versions order by tenant", null, cancellation);
        await DocumentScope.WidenAsync(transaction, cancellation);
        var kept = new List<(string, long)>();
        foreach (var tenant in tenants)
        {
            await transaction.ExecuteAsync("select set_config('app.tenant', @tenant, true)", new { tenant }, cancellation);
            // A file's length stands in its row's header: nothing of it is read.
            var bytes = await transaction.SingleAsync<long>(
                "select coalesce(sum(octet_length(bytes)), 0)::bigint from document_files where tenant = @tenant", new { tenant }, cancellation);
            if (bytes > 0)
                kept.Add((tenant, bytes));
        }

        return kept;
    }

    private ResourcesUsed Used(string tenant, long bytes, DateOnly day) => new()
    {
        UsageId = StorageDay.UsageId(tenant, day),
        Tenant = tenant,
        UserId = "",
        Kind = ResourceKind.Storage,
        Bytes = bytes,
        Failed = false,
        OccurredAt = StorageDay.EndOf(day, _zone),
    };

    [LoggerMessage(LogLevel.Information, "Storage of {Day} is said for {Tenants} tenants")]
    private partial void LogSaid(DateOnly day, int tenants);

    [LoggerMessage(LogLevel.Error, "What tenants keep could not be said; trying again")]
    private partial void LogFailed(Exception exception);
}
