using Npgsql;

namespace LLMoin.Hosting;

/// <summary>
/// Gives every database a role of its own that owns it and is no superuser, so that row-level security binds it and no service reads
/// another's tables. Safe to repeat.
/// </summary>
internal static class Databases
{
    public static async Task PrepareAsync(PostgresServerResource server, Secrets secrets, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
            await connection.OpenAsync(cancellation);
            foreach (var database in server.Databases) await PrepareAsync(connection, database, secrets, cancellation);
        }
        catch (NpgsqlException e)
        {
            throw new RunnerException($"PostgreSQL: {e.Message}");
        }
    }

    private static async Task PrepareAsync(NpgsqlConnection connection, PostgresDatabaseResource database, Secrets secrets, CancellationToken cancellation)
    {
        var (name, role) = (database.DatabaseName, "llmoin_" + database.DatabaseName);
        var password = secrets.Kept($"{database.Parent.Name}-{name}");
        var rights = $"LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD '{password}'";
        await RunAsync($"""{(await ExistsAsync("pg_roles", "rolname", role) ? "ALTER" : "CREATE")} ROLE "{role}" {rights}""");
        if (!await ExistsAsync("pg_database", "datname", name))
        {
            await RunAsync($"""GRANT "{role}" TO CURRENT_USER"""); // an administrator who is no superuser may only give to roles it is a member of
            await RunAsync($"""CREATE DATABASE "{name}" OWNER "{role}" """);
        }
        await RunAsync($"""REVOKE CONNECT ON DATABASE "{name}" FROM PUBLIC""");

        database.ConnectionString = new NpgsqlConnectionStringBuilder(database.Parent.ConnectionString)
        {
            Username = role,
            Password = password,
            Database = name,
            MaxPoolSize = 20,
        }.ConnectionString;

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellation);
        }

        async Task<bool> ExistsAsync(string catalog, string column, string value)
        {
            await using var command = new NpgsqlCommand($"SELECT 1 FROM {catalog} WHERE {column} = $1", connection) { Parameters = { new() { Value = value } } };
            return await command.ExecuteScalarAsync(cancellation) is not null;
        }
    }
}
