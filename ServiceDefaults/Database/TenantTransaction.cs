using Dapper;
using Npgsql;

namespace LLMoin.ServiceDefaults.Database;

/// <summary>An open transaction with its tenant; rolled back on dispose unless committed.</summary>
public sealed class TenantTransaction : IAsyncDisposable
{
    // Columns are snake_case, properties are not; here, so that it holds wherever rows are read.
    static TenantTransaction() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    internal TenantTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        Connection = connection;
        Transaction = transaction;
    }

    public NpgsqlConnection Connection { get; }

    public NpgsqlTransaction Transaction { get; }

    public Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellation)
        => Connection.ExecuteAsync(Command(sql, parameters, cancellation));

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancellation)
        => (await Connection.QueryAsync<T>(Command(sql, parameters, cancellation))).AsList();

    /// <summary>The only row, or null where there is none.</summary>
    public Task<T?> SingleAsync<T>(string sql, object? parameters, CancellationToken cancellation)
        => Connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters, cancellation));

    public Task CommitAsync(CancellationToken cancellation) => Transaction.CommitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private CommandDefinition Command(string sql, object? parameters, CancellationToken cancellation)
        => new(sql, parameters, Transaction, cancellationToken: cancellation);
}
