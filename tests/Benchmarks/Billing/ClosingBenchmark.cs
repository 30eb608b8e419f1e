using System.Diagnostics;
using System.Globalization;
using LLMoin.Billing;
using LLMoin.Billing.Months;
using LLMoin.Billing.Statements;
using LLMoin.Hosting;
using LLMoin.ServiceDefaults.Database;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LLMoin.Benchmarks.Billing;

/// <summary>Closing a large month for all tenants, from the order to the last statement, as the service does it; one worker, PostgreSQL on the same machine.</summary>
internal static class ClosingBenchmark
{
    private static readonly TimeSpan Goal = TimeSpan.FromSeconds(60);

    /// <returns>Whether it took less than a minute and the statements hold what the ledger holds.</returns>
    public static async Task<bool> RunAsync(long rows)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"llmoin-closing-{Guid.NewGuid():n}"));
        try
        {
            await using var postgres = await PrivatePostgres.StartAsync(Path.Combine(folder.FullName, "postgres"), buffers: IngestBed.Buffers);
            await using (var admin = NpgsqlDataSource.Create(postgres.ConnectionString))
            await using (var create = admin.CreateCommand("create database billing"))
                await create.ExecuteNonQueryAsync();
            await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
            // A role that row-level security binds, as the service has it.
            await using var source = ServiceRole.DataSource(
                new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = "billing", CommandTimeout = 600 }.ConnectionString, services);
            await new Migrator(source, [new MigrationSource(typeof(BillingService).Assembly)], NullLogger<Migrator>.Instance).StartAsync(CancellationToken.None);
            return await RunAsync(source, rows);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> RunAsync(NpgsqlDataSource source, long rows)
    {
        var database = new BillingDatabase(new TenantDatabase(source));
        Console.Error.WriteLine($"Filling in {rows} rows ...");
        await MonthOfUsage.FillAsync(database, rows, CancellationToken.None);
        // What autovacuum has done by the time a month ends.
        await using (var vacuum = source.CreateCommand("vacuum analyze"))
            await vacuum.ExecuteNonQueryAsync();

        var options = Options.Create(new BillingOptions());
        var calendar = new BillingCalendar(TimeProvider.System, options);
        using var worker = new ClosingWorker(database, new MonthClosing(calendar, options, TimeProvider.System), calendar, Options.Create(new ClosingOptions { AfterDays = 0 }),
            NullLogger<ClosingWorker>.Instance);
        var month = BillingMonth.Of(MonthOfUsage.FirstDay);
        await using (var order = await database.BeginForAllAsync(CancellationToken.None))
        {
            await ClosingSteps.StartAsync(order, month, "benchmark", CancellationToken.None);
            await order.CommitAsync(CancellationToken.None);
        }

        var clock = Stopwatch.StartNew();
        await worker.StartAsync(CancellationToken.None);
        var closing = await ProgressAsync(database, month);
        while (closing.FinishedAt is null)
        {
            await Task.Delay(50);
            closing = await ProgressAsync(database, month);
        }

        var took = clock.Elapsed;
        await worker.StopAsync(CancellationToken.None);
        var whole = await IsWholeAsync(database);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores, {DateTime.UtcNow:yyyy-MM-dd}: {rows} entries of {closing.Tenants} tenants closed in {took.TotalSeconds:0.0} s; every token is on a statement: {whole}"));
        return took < Goal && whole;
    }

    private static async Task<Closing> ProgressAsync(BillingDatabase database, BillingMonth month)
    {
        await using var transaction = await database.BeginForAllAsync(CancellationToken.None);
        return (await ClosingSteps.ListAsync(transaction, month, null, 1, CancellationToken.None))[0];
    }

    private static async Task<bool> IsWholeAsync(BillingDatabase database)
    {
        await using var transaction = await database.BeginForAllAsync(CancellationToken.None);
        return await transaction.SingleAsync<bool>(
            """
            select (select sum(quantity) from statement_lines where kind = 'tokens')
              = (select sum(prompt_tokens + completion_tokens) from usage_ledger where outcome <> 'failed')
            """, null, CancellationToken.None);
    }
}
