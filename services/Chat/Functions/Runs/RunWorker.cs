using System.Collections.Concurrent;
using LLMoin.Budgeting;
using LLMoin.Chat.Answers;
using LLMoin.Chat.Budgets;
using LLMoin.Chat.Models;
using LLMoin.Chat.TenantSettings;
using Microsoft.Extensions.Options;

namespace LLMoin.Chat.Functions.Runs;

/// <summary>
/// Does the runs: takes those that nobody does, as many as this instance is to do at once, and ends them when they are done, stopped or failed. A
/// run whose process died or shut down is taken by another, which goes on behind the last step that was kept.
/// </summary>
internal sealed partial class RunWorker(
    OpenRuns open, RunStore store, RunningAnswers running, ModelCatalog models, TenantSettingsStore settings, IEnumerable<IRunFunction> functions, BudgetGate budgets, RunHolds holds, IOptions<ChatOptions> options, ILogger<RunWorker> logger)
    : BackgroundService
{
    /// <summary>A run that has failed unexpectedly this often is not begun again.</summary>
    private const int MostAttempts = 5;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, RunContext> _contexts = [];
    private readonly Dictionary<Guid, Task> _tasks = [];
    private readonly SemaphoreSlim _ordered = new(0);
    private readonly Dictionary<string, IRunFunction> _functions = functions.ToDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>There is something to do; saves up to a second.</summary>
    public void Ordered() => _ordered.Release();

    /// <summary>Stops it at once where it is done here.</summary>
    public void StopHere(Guid run)
    {
        if (_contexts.TryGetValue(run, out var context))
            context.Stop();
    }

    public override void Dispose()
    {
        _ordered.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                await _ordered.WaitAsync(LookEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                LogLookFailed(exception);
                await Task.Delay(LookEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(_tasks.Values);
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        foreach (var (run, isStopped) in await open.ToLeaveAsync([.. _contexts.Keys], cancellation))
        {
            if (isStopped)
                StopHere(run);
            else if (_contexts.TryGetValue(run, out var context))
                context.Leave();
        }
        foreach (var run in await open.GoneAsync(holds.Waiting, cancellation))
            holds.Release(run);
        foreach (var (run, _) in _tasks.Where(task => task.Value.IsCompleted).ToList())
            _tasks.Remove(run);
        Guid[] mine = [.. _tasks.Keys];
        foreach (var claimed in await open.ClaimAsync(options.Value.Runs - mine.Length, options.Value.RunsPerUser, mine, cancellation))
            _tasks[claimed.RunId] = Task.Run(() => DoAsync(claimed, cancellation), CancellationToken.None);
    }

    private async Task DoAsync(OpenRun claimed, CancellationToken shutdown)
    {
        try
        {
            if (await store.FindAsync(claimed, shutdown) is not { } run)
                return;
            var (hold, refusal) = holds.Take(run.Id) is { } kept ? (kept, null)
                : budgets.Hold(run, (new TokenAmount(claimed.PromptEstimate, claimed.CompletionEstimate) - new TokenAmount(run.PromptTokens, run.CompletionTokens)).OrNothing);
            if (hold is null)
            {
                await store.EndAsync(claimed, RunStatus.Failed, null, RunHolds.Spent(refusal!).Error, CancellationToken.None);
                return;
            }
            using var held = hold;
            using var context = new RunContext(run, store, running, models, settings, budgets, hold, options, shutdown);
            _contexts[run.Id] = context;
            await DoAsync(claimed, context);
        }
        catch (Exception exception)
        {
            // It stays ours in the database and is no longer among what we do: the next look takes it anew.
            LogFailed(exception, claimed.RunId, claimed.Attempts);
        }
        finally
        {
            _contexts.TryRemove(claimed.RunId, out _);
        }
    }

    private async Task DoAsync(OpenRun claimed, RunContext context)
    {
        try
        {
            if (claimed.Attempts > MostAttempts)
                throw new RunFailedException("given-up", "It failed again and again for a reason that is ours.", "Der Vorgang ist aus einem Grund auf unserer Seite wiederholt gescheitert.");
            if (!_functions.TryGetValue(context.Run.Function, out var function))
                throw new RunFailedException("unknown-function", "This version does not know the function.", "Diese Version kennt die Funktion nicht.");
            var result = await function.RunAsync(context, context.Ending);
            await store.EndAsync(claimed, RunStatus.Completed, result, null, CancellationToken.None);
            LogDone(claimed.RunId, context.Run.Function);
        }
        catch (RunFailedException failure)
        {
            await store.EndAsync(claimed, RunStatus.Failed, null, failure.Error, CancellationToken.None);
            LogEnded(claimed.RunId, failure.Error.Code);
        }
        catch (OperationCanceledException) when (context.IsStopped)
        {
            await store.EndAsync(claimed, RunStatus.Stopped, null, null, CancellationToken.None);
        }
        catch (OperationCanceledException) when (context.Ending.IsCancellationRequested)
        {
            await open.ReleaseAsync(claimed, TimeSpan.Zero, countsAsAttempt: false, CancellationToken.None);
        }
        catch (Exception exception) when (!context.IsStopped)
        {
            LogFailed(exception, claimed.RunId, claimed.Attempts);
            await open.ReleaseAsync(claimed, TimeSpan.FromSeconds(Math.Pow(2, claimed.Attempts)), countsAsAttempt: true, CancellationToken.None);
        }
    }

    [LoggerMessage(LogLevel.Information, "Run {RunId} ({Function}) is done")]
    private partial void LogDone(Guid runId, string function);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} failed: {Reason}")]
    private partial void LogEnded(Guid runId, string reason);

    [LoggerMessage(LogLevel.Error, "Run {RunId} broke off in its attempt {Attempt}; it is begun again")]
    private partial void LogFailed(Exception exception, Guid runId, int attempt);

    [LoggerMessage(LogLevel.Warning, "Looking for runs failed; trying again")]
    private partial void LogLookFailed(Exception exception);
}
