using LLMoin.Billing;
using LLMoin.Billing.Ledger;
using LLMoin.ServiceBed;
using LLMoin.ServiceDefaults.Database;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LLMoin.BillingTests.Ledger;

/// <summary>The ledger without its service around it: writer and tables in the database of the service that all tests share.</summary>
internal sealed class LedgerBed : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private LedgerBed(string connection, ILedgerProjection[] projections)
    {
        Connection = connection;
        _source = NpgsqlDataSource.Create(connection);
        Database = new BillingDatabase(new TenantDatabase(_source));
        Writer = new LedgerWriter(Database, projections, Options.Create(new BillingOptions()), TimeProvider.System);
    }

    /// <summary>As the service's own role.</summary>
    public string Connection { get; }

    public BillingDatabase Database { get; }

    public LedgerWriter Writer { get; }

    public static async Task<LedgerBed> StartAsync(Servers servers, params ILedgerProjection[] projections)
        => new((await servers.ServiceAsync("Billing")).Setting("ConnectionStrings__billing"), projections);

    /// <param name="connection">Of another service's database.</param>
    public static LedgerBed On(string connection) => new(connection, []);

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var transaction = await Database.BeginForAllAsync(TestContext.Current.CancellationToken);
        var rows = await transaction.QueryAsync<T>(sql, parameters, TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        return rows;
    }

    /// <summary>Closes the tenant's months up to the one of <paramref name="day"/>, as the closing of months does.</summary>
    public Task CloseAsync(string tenant, DateOnly day) => QueryAsync<int>(
        "update ledger_heads set closed_through = @first where tenant = @tenant returning 1", new { tenant, first = new DateOnly(day.Year, day.Month, 1) });

    public static NewEntry Answer(string tenant, DateTime? at = null, string user = "anna") => new()
    {
        Tenant = tenant,
        UsageId = Guid.CreateVersion7(),
        UserId = user,
        Kind = "answer",
        Purpose = "chat",
        Model = "extractive",
        PromptTokens = 10,
        CompletionTokens = 2,
        OccurredAt = at ?? DateTime.UtcNow,
    };

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
