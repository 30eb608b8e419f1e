using System.Collections.Concurrent;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Prompts.Usage;

/// <summary>
/// Counts renderings, and remembers for each person which templates they used last. Gathered in memory and written once a second, so
/// that a popular template's row is no bottleneck; a process that is killed loses that second's counts.
/// </summary>
internal sealed partial class UsageLog(TenantDatabase database, TimeProvider clock, ILogger<UsageLog> logger) : BackgroundService
{
    private const int MostUnwritten = 100_000;
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long a person's last uses are kept.</summary>
    private const int DaysKept = 90;

    private readonly ConcurrentQueue<Use> _unwritten = new();

    public void Add(Caller caller, Guid template)
    {
        // While the database is away for long, memory is worth more than a count.
        if (_unwritten.Count < MostUnwritten)
            _unwritten.Enqueue(new Use(caller.Tenant, caller.UserId, template, clock.GetUtcNow().UtcDateTime));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(WriteEvery, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(_ => { }, TaskScheduler.Default);
            await WriteAsync();
        }
    }

    private async Task WriteAsync()
    {
        var uses = new List<Use>();
        while (_unwritten.TryDequeue(out var use))
            uses.Add(use);
        if (uses.Count == 0)
            return;
        try
        {
            await WriteAsync(uses);
        }
        catch (Exception exception)
        {
            foreach (var use in uses)
                _unwritten.Enqueue(use);
            LogFailed(exception, uses.Count);
        }
    }

    private async Task WriteAsync(IReadOnlyList<Use> uses)
    {
        // In one order everywhere, so that replicas that write at once do not wait for each other in a circle.
        var counts = uses.GroupBy(use => use.Template).OrderBy(same => same.Key).Select(same => (Template: same.Key, Count: same.LongCount())).ToArray();
        var last = uses.GroupBy(use => (use.Tenant, use.User, use.Template)).Select(same => same.MaxBy(use => use.At)!)
            .OrderBy(use => use.Tenant, StringComparer.Ordinal).ThenBy(use => use.User, StringComparer.Ordinal).ThenBy(use => use.Template).ToArray();
        await using var transaction = await database.BeginWithoutTenantAsync(CancellationToken.None);
        await transaction.ExecuteAsync(
            """
            select set_config('app.counting', 'on', true);
            insert into template_counts as c (template_id, uses) select * from unnest(@templates, @counts)
            on conflict (template_id) do update set uses = c.uses + excluded.uses;
            insert into recent_uses as r (tenant, user_id, template_id, used_at) select * from unnest(@tenants, @users, @used, @times)
            on conflict (tenant, user_id, template_id) do update set used_at = greatest(r.used_at, excluded.used_at);
            delete from recent_uses where used_at < now() - make_interval(days => @DaysKept) and user_id = any (@users);
            """,
            new
            {
                DaysKept,
                templates = counts.Select(one => one.Template).ToArray(),
                counts = counts.Select(one => one.Count).ToArray(),
                tenants = last.Select(use => use.Tenant).ToArray(),
                users = last.Select(use => use.User).ToArray(),
                used = last.Select(use => use.Template).ToArray(),
                times = last.Select(use => use.At).ToArray(),
            }, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private sealed record Use(string Tenant, string User, Guid Template, DateTime At);

    [LoggerMessage(LogLevel.Warning, "{Count} uses could not be counted; trying again")]
    private partial void LogFailed(Exception exception, int count);
}
