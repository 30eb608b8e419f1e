using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LLMoin.ServiceDefaults.Database;

/// <summary>
/// Row-level security does not bind a superuser, so a service never works as one. Where the given connection string is a
/// superuser's (a fresh container, Aspire), a role <c>llmoin_{database}</c> is made, given the database, and used instead.
/// </summary>
internal static partial class ServiceRole
{
    public static NpgsqlDataSource DataSource(string connectionString, IServiceProvider services)
    {
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ServiceRole).FullName!);
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var own = IsSuperuser(given) ? CreateOwnRole(given) : given;
        if (own.Username != given.Username)
            LogSwitched(logger, own.Username!);
        return new NpgsqlDataSourceBuilder(own.ConnectionString).UseLoggerFactory(null).Build();
    }

    private static bool IsSuperuser(NpgsqlConnectionStringBuilder given)
    {
        using var connection = new NpgsqlConnection(given.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand("select rolsuper or rolbypassrls from pg_roles where rolname = current_user", connection);
        return (bool)command.ExecuteScalar()!;
    }

    private static NpgsqlConnectionStringBuilder CreateOwnRole(NpgsqlConnectionStringBuilder admin)
    {
        var role = "llmoin_" + admin.Database;
        // Derived, so that every replica knows it and no further secret has to be kept.
        var password = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(admin.Password ?? ""), Encoding.UTF8.GetBytes(role)));
        using var connection = new NpgsqlConnection(admin.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(
            $"""
             select pg_advisory_lock(hashtext('llmoin-role'));
             do $$ begin
               if not exists (select from pg_roles where rolname = '{role}') then
                 create role "{role}" login nosuperuser nobypassrls password '{password}';
               end if;
             end $$;
             alter database "{admin.Database}" owner to "{role}";
             alter schema public owner to "{role}";
             select pg_advisory_unlock(hashtext('llmoin-role'));
             """, connection);
        command.ExecuteNonQuery();
        return new NpgsqlConnectionStringBuilder(admin.ConnectionString) { Username = role, Password = password };
    }

    [LoggerMessage(LogLevel.Information, "The given database role is a superuser; working as {Role} instead")]
    private static partial void LogSwitched(ILogger logger, string role);
}
