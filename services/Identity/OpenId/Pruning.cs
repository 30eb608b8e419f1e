using LLMoin.ServiceDefaults.Database;
using OpenIddict.Abstractions;

namespace LLMoin.Identity.OpenId;

/// <summary>Clears out once an hour what has run out: tokens, authorizations, counted sign-in attempts.</summary>
internal sealed partial class Pruning(IServiceScopeFactory scopes, TenantDatabase database, TimeProvider clock, ILogger<Pruning> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeepTokens = TimeSpan.FromDays(14);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryPruneAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    private async Task TryPruneAsync(CancellationToken cancellation)
    {
        try
        {
            await PruneAsync(cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception);
        }
    }

    private async Task PruneAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var before = clock.GetUtcNow() - KeepTokens;
        await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(before, cancellation);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(before, cancellation);

        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        await transaction.ExecuteAsync(
            "delete from sign_in_attempts where last_at < @forgotten",
            new { forgotten = clock.GetUtcNow().UtcDateTime - Account.Lockout.ForgetAfter }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "Clearing out expired tokens failed; trying again in an hour")]
    private partial void LogFailed(Exception exception);
}
