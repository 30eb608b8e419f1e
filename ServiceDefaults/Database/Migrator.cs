using DbUp;
using DbUp.Postgresql;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LLMoin.ServiceDefaults.Database;

/// <summary>Brings the schema up to date at start; replicas that start together wait for the first (advisory lock).</summary>
internal sealed partial class Migrator(NpgsqlDataSource source, IEnumerable<MigrationSource> migrations, ILogger<Migrator> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await Lock(connection, "pg_advisory_lock", cancellationToken);
        try
        {
            var upgrade = DeployChanges.To.PostgresqlDatabase(new PostgresqlConnectionManager(source))
                .JournalToPostgresqlTable("public", "schema_migrations")
                .WithTransactionPerScript()
                .LogToNowhere();
            foreach (var migration in migrations)
                upgrade.WithScriptsEmbeddedInAssembly(migration.Assembly, name => name.EndsWith(".sql", StringComparison.Ordinal));

            var result = upgrade.Build().PerformUpgrade();
            if (!result.Successful)
                throw new InvalidOperationException($"The migration {result.ErrorScript?.Name} failed.", result.Error);
            LogMigrated(result.Scripts.Count());
        }
        finally
        {
            await Lock(connection, "pg_advisory_unlock", CancellationToken.None);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task Lock(NpgsqlConnection connection, string function, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select {function}(hashtext('llmoin-migrations'))", connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Information, "Schema is up to date, {Count} new migrations")]
    private partial void LogMigrated(int count);
}
