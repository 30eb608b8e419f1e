using Npgsql;

namespace LLMoin.RetrievalTests;

/// <summary>What is in a service's database, as an operator with all rights sees it.</summary>
internal sealed class Rows(string superuser, string service) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(superuser) { Database = new NpgsqlConnectionStringBuilder(service).Database }.ConnectionString);

    public async Task<long> CountAsync(string sql)
    {
        await using var command = _source.CreateCommand("select count(*) from " + sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Passages of a tenant that have no vector yet.</summary>
    public Task<long> WithoutVectorsAsync(string tenant) => CountAsync(
        $"chunks c where tenant = '{tenant}' and not exists (select from chunk_vectors v where v.document_id = c.document_id and v.ordinal = c.ordinal)");

    /// <summary>For transactions of one's own.</summary>
    public ValueTask<NpgsqlConnection> OpenAsync() => _source.OpenConnectionAsync();

    /// <summary>The tables in which a text stands, as such or in bytes.</summary>
    public async Task<IReadOnlyList<string>> TablesWithAsync(string text)
    {
        var hex = Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(text));
        var found = new List<string>();
        foreach (var table in await TablesAsync())
        {
            if (await CountAsync($"{table} as r where position('{text}' in r::text) > 0 or position('{hex}' in r::text) > 0") > 0)
                found.Add(table);
        }

        return found;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<List<string>> TablesAsync()
    {
        await using var command = _source.CreateCommand("select table_name from information_schema.tables where table_schema = 'public' order by table_name");
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync())
            tables.Add(reader.GetString(0));
        return tables;
    }
}
