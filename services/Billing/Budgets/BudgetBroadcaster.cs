using System.Collections.Concurrent;
using LLMoin.Contracts;
using LLMoin.Contracts.Billing;
using LLMoin.Messaging.Streams;

namespace LLMoin.Billing.Budgets;

/// <summary>
/// Tells chat and gateway how far budgets are used: what has changed twice a second, all of it every half minute, at a period's turn and when
/// somebody wants it. It looks into the database, whichever process booked or changed something.
/// </summary>
internal sealed partial class BudgetBroadcaster(
    Broadcasts broadcasts, BillingDatabase database, BudgetPeriods periods, TimeProvider clock, ILogger<BudgetBroadcaster> logger)
    : BackgroundService
{
    private const int MostWanted = 10_000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AllEvery = TimeSpan.FromSeconds(30);

    /// <summary>However many want it, it is not said more often.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<Guid> _wanted = [];
    private readonly SemaphoreSlim _signal = new(0);

    public override void Dispose()
    {
        _signal.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await broadcasts.SubscribeAsync(ContractJson.Default.BudgetStatesWanted, Note, stoppingToken);
        var snapshot = new BudgetSnapshot(database, periods, clock);
        IReadOnlyDictionary<string, Published> published = new Dictionary<string, Published>();
        var (allAt, day) = (DateTimeOffset.MinValue, default(DateOnly));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var isWanted = await _signal.WaitAsync(LookEvery, stoppingToken);
                while (_signal.Wait(0, CancellationToken.None))
                {
                }
                var (now, today) = (clock.GetUtcNow(), periods.StartOf(BudgetPeriodLength.Day, clock.GetUtcNow()));
                var complete = isWanted || now - allAt >= AllEvery || today != day;
                var (states, reached) = await snapshot.ReadAsync(published, complete, Wanted(), stoppingToken);
                if (states is null || !await broadcasts.PublishAsync(states, ContractJson.Default.BudgetStates, stoppingToken))
                    continue;
                published = reached;
                if (complete)
                    (allAt, day) = (now, today);
                await Task.Delay(Pause, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception);
                await Task.Delay(AllEvery / 10, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void Note(BudgetStatesWanted wanted)
    {
        foreach (var id in wanted.UsageIds)
            _wanted.Enqueue(id);
        _signal.Release();
    }

    private List<Guid> Wanted()
    {
        List<Guid> ids = [];
        while (ids.Count < MostWanted && _wanted.TryDequeue(out var id))
            ids.Add(id);
        return ids;
    }

    [LoggerMessage(LogLevel.Warning, "The states of budgets could not be published; trying again")]
    private partial void LogFailed(Exception exception);
}
