using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Chat.Instances;

/// <summary>
/// This process's sign of life in the database. An instance whose lease has run out is dead: its running answers are marked
/// interrupted, and a client that repeats its request with the same idempotency key gets a new one.
/// </summary>
internal sealed partial class InstanceLease(TenantDatabase database, TimeProvider clock, ILogger<InstanceLease> logger) : BackgroundService
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(2);

    private long _renewedAt;

    public Guid InstanceId { get; } = Guid.CreateVersion7();

    /// <summary>Before the first request: answers refer to the instance's row.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RenewAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(RenewEvery);
        while (await tick.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var before = _renewedAt;
                await RenewAsync(stoppingToken);
                // Where this one's own has run out, the machine or the database stood still: the others are to have their turn first.
                if (clock.GetElapsedTime(before) < Lease)
                    await MarkInterruptedAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception);
            }
        }
    }

    private async Task RenewAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        await transaction.ExecuteAsync(
            """
            insert into instances (id, lease_until) values (@InstanceId, now() + @Lease)
            on conflict (id) do update set lease_until = excluded.lease_until
            """, new { InstanceId, Lease }, cancellation);
        await transaction.CommitAsync(cancellation);
        _renewedAt = clock.GetTimestamp();
    }

    private async Task MarkInterruptedAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        var left = await transaction.QueryAsync<Left>(
            """
            delete from running_answers r using instances i where i.id = r.instance_id and i.lease_until < now()
            returning r.answer_id, r.tenant, r.user_id
            """, null, cancellation);
        foreach (var answer in left)
            await transaction.ExecuteAsync(
                """
                select set_config('app.tenant', @Tenant, true), set_config('app.user', @UserId, true);
                update answers set status = 'interrupted', finished_at = now() where id = @AnswerId and status = 'running'
                """, answer, cancellation);
        await transaction.ExecuteAsync(
            "delete from instances i where lease_until < now() - interval '1 hour' and not exists (select from running_answers where instance_id = i.id)",
            null, cancellation);
        await transaction.CommitAsync(cancellation);
        if (left.Count > 0)
            LogInterrupted(left.Count);
    }

    private sealed record Left(Guid AnswerId, string Tenant, string UserId);

    [LoggerMessage(LogLevel.Warning, "{Count} answers of an instance that is gone are marked interrupted")]
    private partial void LogInterrupted(int count);

    [LoggerMessage(LogLevel.Warning, "The instance lease could not be renewed; trying again")]
    private partial void LogFailed(Exception exception);
}
