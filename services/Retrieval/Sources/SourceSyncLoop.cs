using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Sources;

/// <summary>Looks every second whose turn it is and lets a few synchronise at once; a watched source that stirs is due at once.</summary>
internal sealed partial class SourceSyncLoop(SourceSync sync, SourceSchedule schedule, IOptions<SourceOptions> options, ILogger<SourceSyncLoop> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, Task> _running = new();
    private readonly ConcurrentDictionary<Guid, IDisposable?> _watched = new();
    private readonly ConcurrentDictionary<Guid, bool> _stirred = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery);
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
            // What is under way ends by the same token; its saved cursor is where it goes on.
        }

        await Task.WhenAll(_running.Values);
        foreach (var watch in _watched.Values)
            watch?.Dispose();
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            foreach (var source in _stirred.Keys.Where(source => _stirred.TryRemove(source, out _)))
            {
                if (!await schedule.PlanAsync(source, null, cancellation) && _watched.TryRemove(source, out var watch))
                    watch?.Dispose();
            }

            foreach (var turn in await schedule.DueAsync(cancellation))
            {
                if (_running.Count >= options.Value.Concurrency)
                    return;
                // Noted before it starts: one that ended before it was noted would stay noted, and its source would have no turn again.
                var run = new Task<Task>(() => RunAsync(turn, cancellation));
                if (_running.TryAdd(turn.SourceId, run.Unwrap()))
                    run.Start(TaskScheduler.Default);
            }
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(exception);
        }
    }

    private async Task RunAsync(Turn turn, CancellationToken cancellation)
    {
        try
        {
            if (await sync.RunAsync(turn, cancellation) is var (source, connector))
                _watched.GetOrAdd(turn.SourceId, _ => connector.Watch(source, () => _stirred[turn.SourceId] = true));
        }
        catch (Exception exception)
        {
            if (!cancellation.IsCancellationRequested)
                LogFailed(exception);
        }
        finally
        {
            _running.TryRemove(turn.SourceId, out _);
        }
    }

    [LoggerMessage(LogLevel.Error, "Sources cannot be synchronised; trying again")]
    private partial void LogFailed(Exception exception);
}
