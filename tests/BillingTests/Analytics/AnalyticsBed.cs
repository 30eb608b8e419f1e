using LLMoin.Billing.Analytics;
using LLMoin.Billing.Analytics.Days;
using LLMoin.Billing.Ledger;
using LLMoin.BillingTests.Ledger;
using LLMoin.BillingTests.Statements;
using LLMoin.ServiceBed;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LLMoin.BillingTests.Analytics;

/// <summary>A tenant of one's own with a ledger, in the service that all tests share.</summary>
internal sealed class AnalyticsBed : IAsyncDisposable
{
    private readonly LedgerBed _ledger;

    // A replica beside the service's own, which rests between its rounds, long ones on a busy machine.
    private readonly AnalyticsProjector _replica;

    private AnalyticsBed(ServiceProcess service, LedgerBed ledger)
    {
        (Service, _ledger) = (service, ledger);
        _replica = new AnalyticsProjector(
            ledger.Database, ClosingBed.Calendar, Options.Create(new AnalyticsOptions()), TimeProvider.System, NullLogger<AnalyticsProjector>.Instance);
    }

    public string Tenant { get; } = "t" + Guid.NewGuid().ToString("n")[..12];

    public ServiceProcess Service { get; }

    /// <summary>The first day of a month that ended: 2 for the one before the last.</summary>
    public static DateOnly FirstOf(int monthsAgo)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        return new DateOnly(today.Year, today.Month, 1).AddMonths(-monthsAgo);
    }

    public static async Task<AnalyticsBed> StartAsync(Servers servers)
        => new(await servers.ServiceAsync("Billing"), await LedgerBed.StartAsync(servers));

    public HttpClient Client(string user, params string[] roles) => Service.ClientFor(Tenant, user, roles);

    public NewEntry Use(string user, DateOnly day, string purpose = "chat", string model = "m", string outcome = "completed", long tokens = 10, long milliseconds = 1000) => new()
    {
        Tenant = Tenant,
        UsageId = Guid.CreateVersion7(),
        UserId = user,
        Kind = "answer",
        Purpose = purpose,
        Model = model,
        Outcome = outcome,
        PromptTokens = tokens,
        DurationMs = milliseconds,
        OccurredAt = day.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc),
    };

    /// <summary>Books everything at once, and waits until it is counted and ended days are settled.</summary>
    public async Task BookAsync(IReadOnlyList<NewEntry> entries)
    {
        await AppendAsync(entries);
        await SettledAsync();
    }

    /// <summary>Books everything at once, and leaves the counting to the service.</summary>
    public Task AppendAsync(IReadOnlyList<NewEntry> entries) => _ledger.Writer.AppendAsync(entries, TestContext.Current.CancellationToken);

    /// <summary>Closes the months up to that of <paramref name="day"/>.</summary>
    public async Task CloseAsync(DateOnly day)
    {
        await _ledger.CloseAsync(Tenant, day);
        await SettledAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _replica.Dispose();
        await _ledger.DisposeAsync();
    }

    private Task SettledAsync() => ReadUntil.TrueAsync(async () =>
    {
        // What the service is at it passes over.
        await _replica.CatchUpAsync(TestContext.Current.CancellationToken);
        return await _ledger.QueryAsync<int>(
            """
            select 1 from analytics_progress p join ledger_heads h using (tenant)
            where tenant = @Tenant and p.seq = h.seq and p.settled_before is not null and p.closed_through is not distinct from h.closed_through
            """, new { Tenant }) is [1];
    }, "all entries are counted");
}
