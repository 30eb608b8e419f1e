using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace LLMoin.Identity.OpenId;

/// <summary>
/// OpenIddict's own tables: applications, authorizations, scopes, tokens. They hold no tenant's data (a subject's id at most), so
/// they know no row-level security. Their schema is <c>Migrations/002_openiddict.sql</c>.
/// </summary>
internal sealed partial class OpenIdDb(DbContextOptions<OpenIdDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseOpenIddict();
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(Snake(entity.GetTableName()!.Replace("OpenIddict", "Openiddict", StringComparison.Ordinal)));
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Snake(property.Name));
        }
    }

    private static string Snake(string name) => CapitalInside().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex CapitalInside();
}
