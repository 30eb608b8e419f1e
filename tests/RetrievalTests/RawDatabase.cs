using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceBed;
using Npgsql;

namespace LLMoin.RetrievalTests;

/// <summary>Retrieval's database as the service's own role has it, below all code: row-level security alone says what is there.</summary>
internal sealed class RawDatabase(ServiceProcess service) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(service.Setting("ConnectionStrings__retrieval"));

    /// <summary>Rows that this person sees.</summary>
    public async Task<long> CountAsync(string table, Caller caller) => (long)(await RunAsync(caller, "", $"select count(*) from {table}"))!;

    /// <summary>Rows that a user of the tenant without roles sees.</summary>
    public Task<long> CountAsync(string table, string tenant, string user) => CountAsync(table, new Caller(tenant, user, user, new HashSet<string>(), null));

    /// <summary>All rows of the tenant.</summary>
    public async Task<long> CountAllAsync(string table, string tenant)
        => (long)(await RunAsync(new Caller(tenant, "", "", new HashSet<string>(), null), "service", $"select count(*) from {table}"))!;

    /// <summary>Does something in this person's name.</summary>
    public Task ExecuteAsync(Caller caller, string sql, params object[] values) => RunAsync(caller, "", sql, values);

    /// <summary>Does what the service does in its own name within the tenant, as when it mirrors a source.</summary>
    public Task MirrorAsync(string tenant, string sql, params object[] values)
        => RunAsync(new Caller(tenant, "", "", new HashSet<string>(), null), "service", sql, values);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<object?> RunAsync(Caller caller, string scope, string sql, params object[] values)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var set = new NpgsqlCommand(
            """
            select set_config('app.tenant', $1, true), set_config('app.user', $2, true),
              set_config('app.principals', $3::text[]::text, true), set_config('app.scope', $4, true)
            """, connection, transaction))
        {
            foreach (var value in new object[] { caller.Tenant, caller.UserId, Principals.Of(caller), scope })
                set.Parameters.Add(new NpgsqlParameter { Value = value });
            await set.ExecuteNonQueryAsync();
        }

        await using var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        var result = await command.ExecuteScalarAsync();
        await transaction.CommitAsync();
        return result;
    }
}
