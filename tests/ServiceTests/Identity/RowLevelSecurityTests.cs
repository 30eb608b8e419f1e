using LLMoin.ServiceBed;
using Npgsql;

namespace LLMoin.ServiceTests.Identity;

public sealed class RowLevelSecurityTests(Servers servers)
{
    private static readonly string[] TenantTables = ["tenants", "users", "machine_clients"];

    [Fact]
    public async Task Below_the_code_nobody_sees_rows_without_a_tenant_nor_another_tenants()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        await using var nobody = await identity.ConnectAsync(tenant: null);
        await using var hamburg = await identity.ConnectAsync("hamburg");
        foreach (var table in TenantTables)
        {
            var column = table == "tenants" ? "id" : "tenant";
            Assert.Equal(0L, await IdentityUnderTest.SqlAsync(nobody, $"select count(*) from {table}"));
            Assert.NotEqual(0L, await IdentityUnderTest.SqlAsync(hamburg, $"select count(*) from {table}"));
            Assert.Equal(0L, await IdentityUnderTest.SqlAsync(hamburg, $"select count(*) from {table} where {column} <> 'hamburg'"));
        }
        var refused = await Assert.ThrowsAsync<PostgresException>(() => IdentityUnderTest.SqlAsync(hamburg,
            "insert into machine_clients (id, tenant, client_id, name, roles) values (gen_random_uuid(), 'bremen', 'x', 'x', '{}')"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task A_look_up_shows_the_one_row_it_names_and_lets_nothing_be_changed()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        await using var connection = await identity.ConnectAsync(tenant: null);
        await IdentityUnderTest.SqlAsync(connection, "set app.lookup = 'clara@bremen.example'");
        Assert.Equal(1L, await IdentityUnderTest.SqlAsync(connection, "select count(*) from users"));
        Assert.Null(await IdentityUnderTest.SqlAsync(connection, "update users set roles = '{operator}' returning id"));
    }

    [Fact]
    public async Task Every_table_with_a_tenant_is_under_forced_row_level_security()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        await using var connection = await identity.ConnectAsync(tenant: null);
        Assert.Equal("", await IdentityUnderTest.SqlAsync(connection,
            """
            select coalesce(string_agg(c.relname, ', '), '') from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
              and (a.attname = 'tenant' or c.relname = 'tenants') and not (c.relrowsecurity and c.relforcerowsecurity)
            """));
        Assert.Equal(false, await IdentityUnderTest.SqlAsync(connection, "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"));
    }
}
