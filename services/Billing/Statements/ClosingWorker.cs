using LLMoin.Billing.Months;
using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Statements;

/// <summary>
/// Works off closings, one tenant's month a transaction, and starts that of the month before when its time has come. Every replica runs one; what one
/// has locked the others pass over, and what one leaves behind the others take.
/// </summary>
internal sealed partial class ClosingWorker(
    BillingDatabase database, MonthClosing closing, BillingCalendar calendar, IOptions<ClosingOptions> options, ILogger<ClosingWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _started = new(0);

    /// <summary>A closing was ordered: do not wait for the next look.</summary>
    public void Started() => _started.Release();

    public override void Dispose()
    {
        _started.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StartDueAsync(stoppingToken);
                await Task.WhenAll(Enumerable.Range(0, options.Value.Lanes).Select(_ => WorkOffAsync(stoppingToken)));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception);
            }

            await _started.WaitAsync(Every, stoppingToken);
        }
    }

    private async Task StartDueAsync(CancellationToken cancellation)
    {
        var month = calendar.Month.Previous;
        if (options.Value.AfterDays == 0 || calendar.Today < month.Next.FirstDay.AddDays(options.Value.AfterDays))
            return;
        await using var transaction = await database.BeginForAllAsync(cancellation);
        if (await transaction.SingleAsync<bool>("select exists (select from closings where month >= @FirstDay)", new { month.FirstDay }, cancellation))
            return;
        var tenants = await ClosingSteps.StartAsync(transaction, month, "", cancellation);
        await transaction.CommitAsync(cancellation);
        LogStarted(month, tenants);
    }

    private async Task WorkOffAsync(CancellationToken cancellation)
    {
        while (await StepAsync(cancellation))
        {
            // The next tenant.
        }
    }

    /// <returns>False where nothing is left that could be done now.</returns>
    private async Task<bool> StepAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginForAllAsync(cancellation);
        if (await ClosingSteps.TakeAsync(transaction, cancellation) is not var (month, tenant))
            return false;
        try
        {
            var statement = await closing.CloseNextAsync(transaction, tenant, month, cancellation);
            // An earlier month that was still open goes first, in a transaction of its own.
            if (statement is null || statement.Month == month)
                await ClosingSteps.FinishAsync(transaction, month, tenant, cancellation);
            await transaction.CommitAsync(cancellation);
            if (statement is not null)
                LogClosed(statement.Month, tenant, statement.Id, statement.Lines.Count);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogStepFailed(exception, month, tenant);
            await transaction.DisposeAsync();
            await PutOffAsync(month, tenant, cancellation);
        }

        return true;
    }

    private async Task PutOffAsync(BillingMonth month, string tenant, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginForAllAsync(cancellation);
        await ClosingSteps.PutOffAsync(transaction, month, tenant, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Information, "Closing {Month} started by itself: {Rows} rows")]
    private partial void LogStarted(BillingMonth month, int rows);

    [LoggerMessage(LogLevel.Information, "Closed {Month} of {Tenant}: statement {Statement} with {Lines} lines")]
    private partial void LogClosed(BillingMonth month, string tenant, Guid statement, int lines);

    [LoggerMessage(LogLevel.Error, "Closing {Month} of {Tenant} failed; trying again")]
    private partial void LogStepFailed(Exception exception, BillingMonth month, string tenant);

    [LoggerMessage(LogLevel.Warning, "Closings could not be looked for; trying again")]
    private partial void LogFailed(Exception exception);
}
