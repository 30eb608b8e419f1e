using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace LLMoin.ServiceDefaults.Database;

/// <summary>A service's own PostgreSQL database: pool, schema, health, and tenant transactions.</summary>
public static class DatabaseSetup
{
    /// <summary>
    /// Registers <see cref="TenantDatabase"/> and <see cref="NpgsqlDataSource"/> for <c>ConnectionStrings:{name}</c>, and brings the
    /// schema up to date before the service takes requests. Migrations are the <c>Migrations/*.sql</c> files embedded in
    /// <paramref name="migrations"/> and those that packages such as the outbox add through <see cref="MigrationSource"/>.
    /// </summary>
    public static void AddDatabase(this WebApplicationBuilder builder, string name, Assembly migrations)
    {
        var configured = builder.Configuration.GetConnectionString(name)
            ?? throw new InvalidOperationException($"ConnectionStrings:{name} is missing: the PostgreSQL database of this service.");

        builder.Services.AddSingleton(services => ServiceRole.DataSource(configured, services));
        builder.Services.AddSingleton<TenantDatabase>();
        builder.Services.AddSingleton(new MigrationSource(migrations));
        // First of all, before what the framework itself starts: ASP.NET's key ring may lie in this database.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, Migrator>());
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
    }
}

/// <summary>An assembly that embeds <c>Migrations/*.sql</c>, run in order of file name.</summary>
public sealed record MigrationSource(Assembly Assembly);
