using LLMoin.Identity.OpenId;
using LLMoin.ServiceDefaults.Database;
using Microsoft.Extensions.Options;

namespace LLMoin.Identity.Seed;

/// <summary>What has to be in the database before the first request; one replica at a time.</summary>
internal sealed partial class Seeder(
    TenantDatabase database, BuiltInClients clients, DemoData demo, FirstAdmin firstAdmin, IOptions<IdentityOptions> options, ILogger<Seeder> logger)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var turn = await database.BeginWithoutTenantAsync(cancellationToken);
        await turn.ExecuteAsync("select pg_advisory_xact_lock(hashtext('llmoin-identity-seed'))", null, cancellationToken);

        await clients.AddAsync(cancellationToken);
        if (options.Value.DemoUsers)
        {
            LogDemo();
            await demo.AddAsync(cancellationToken);
        }
        else
        {
            await firstAdmin.AddAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "Demo users are on: anybody who reaches this installation can sign in. Set Identity:DemoUsers to false for real use")]
    private partial void LogDemo();
}
