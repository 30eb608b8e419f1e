using LLMoin.ServiceBed;
using Npgsql;
using static LLMoin.ServiceTests.Prompts.PromptsBed;

namespace LLMoin.ServiceTests.Prompts;

/// <summary>The rules of scope and approval once more, below the code: with the service's own role, on its own database.</summary>
public sealed class RowSecurityTests(Servers servers)
{
    private readonly string _tenant = NewTenant();

    [Fact]
    public async Task The_database_shows_and_publishes_only_what_the_rules_allow()
    {
        var service = await PromptsBed.StartAsync(servers);
        var village = $"dorf-in-{_tenant}";
        using var anna = service.ClientIn(village, "anna", "bau", "user");
        using var fina = service.ClientFor(village, "fina", "prompt-approver");
        using var lena = service.ClientFor(_tenant, "lena", "prompt-approver");
        var own = await anna.CreateAsync(Template("eigene"));
        var department = await anna.CreateAsync(Template("abteilung", scope: "department:bau"));
        var tenant = await anna.CreateAsync(Template("mandant"));
        await anna.PublishAsync(fina, tenant, "tenant");
        await anna.PutAsync($"{Templates}/{tenant}", Template("mandant", "Entwurf"), "\"1\"").OkAsync();
        var land = await anna.CreateAsync(Template("land"));
        await anna.PublishAsync(lena, land, "land");
        var waiting = await anna.SubmitAsync(own, "tenant");

        await using var database = NpgsqlDataSource.Create(service.Setting("ConnectionStrings__prompts"));
        var all = new[] { own, department, tenant, land };
        async Task<string> SeenAsync(string as_, string by, string principals, string ofLand = "")
        {
            var versions = await ScalarAsync(database, as_, by, principals, ofLand,
                $"select coalesce(string_agg(t.name || v.version, ' ' order by t.name, v.version), '') from template_versions v join templates t on t.id = v.template_id where t.id in ({Listed(all)})");
            // The words of a search are found under the same rules.
            var found = await ScalarAsync(database, as_, by, principals, ofLand,
                $"select set_config('app.search', '''vorlag''', true); select coalesce(string_agg(t.name || w.version, ' ' order by t.name, w.version), '') from template_words w join templates t on t.id = w.template_id where t.id in ({Listed(all)})");
            Assert.Equal(versions, found);
            return (string)versions!;
        }

        Assert.Equal("abteilung1 eigene1 land1 mandant1 mandant2", await SeenAsync(village, "anna", "{tenant,department:bau}"));
        Assert.Equal("abteilung1 land1 mandant1", await SeenAsync(village, "berta", "{tenant,department:bau}"));
        Assert.Equal("land1 mandant1", await SeenAsync(village, "berta", "{tenant}"));
        Assert.Equal("eigene1 land1 mandant1", await SeenAsync(village, "fina", "{tenant,role:prompt-approver}"));
        Assert.Equal("land1", await SeenAsync($"stadt-in-{_tenant}", "berta", "{tenant,role:prompt-approver,role:prompt-editor}", _tenant));
        Assert.Equal("", await SeenAsync(NewTenant(), "anna", "{tenant,department:bau,role:prompt-editor,role:prompt-approver,role:tenant-admin}"));
        Assert.Equal("", await SeenAsync("", "", ""));

        // Nobody publishes their own, writes for others, or passes for the second person.
        var publish = $"insert into publications (template_id, version, scope, tenant, land, submission_id) select template_id, version, scope, tenant, land, id from submissions where id = '{waiting}'";
        foreach (var (by, principals, statement) in new[]
                 {
                     ("anna", "{tenant,role:prompt-approver}", publish),
                     ("berta", "{tenant,role:prompt-editor}", $"insert into publications (template_id, version, scope, tenant) values ('{tenant}', 2, 'tenant', '{village}')"),
                     ("anna", "{tenant,role:prompt-approver}", $"update submissions set state = 'approved', decider_tenant = '{village}', decider = 'anna' where id = '{waiting}'"),
                     ("anna", "{tenant}", $"update submissions set state = 'approved', decider_tenant = '{village}', decider = 'fina' where id = '{waiting}'"),
                     ("anna", "{tenant}", $"insert into templates (id, tenant, owner, scope, name, version) values (gen_random_uuid(), '{village}', 'anna', 'tenant', 'x', 1)"),
                     ("anna", "{tenant}", $"insert into templates (id, tenant, owner, scope, name, version) values (gen_random_uuid(), 'andere', 'anna', 'private', 'x', 1)"),
                     ("berta", "{tenant}", $"insert into submissions (id, template_id, version, tenant, scope, owner, author, submitter) values (gen_random_uuid(), '{department}', 1, '{village}', 'tenant', 'anna', 'anna', 'berta')"),
                     ("berta", "{tenant}", $"insert into ratings (template_id, rater, stars) values ('{own}', '\\x00', 5)"),
                     ("berta", "{tenant}", $"insert into favourites (tenant, user_id, template_id) values ('{village}', 'anna', '{tenant}')"),
                 })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(database, village, by, principals, "", statement));
            Assert.Contains(refused.SqlState, new[] { PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.CheckViolation });
        }

        await ScalarAsync(database, village, "berta", "{tenant}", "", $"update templates set scope = 'all', published_version = 2 where id = '{tenant}'");
        Assert.Equal("land1 mandant1", await SeenAsync(village, "berta", "{tenant}"));
        var change = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(database, village, "anna", "{tenant}", "", "update template_versions set body = ''"));
        Assert.Contains("immutable", change.MessageText, StringComparison.Ordinal);
    }

    private static string Listed(IEnumerable<string> ids) => string.Join(',', ids.Select(id => $"'{id}'"));

    /// <summary>Within one transaction, as the service sets it up; rolled back.</summary>
    private static async Task<object?> ScalarAsync(NpgsqlDataSource database, string tenant, string user, string principals, string land, string sql)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(
            $"select set_config('app.tenant', '{tenant}', true), set_config('app.user', '{user}', true), set_config('app.principals', '{principals}', true), set_config('app.land', '{land}', true); {sql}",
            connection, transaction);
        await using var reader = await command.ExecuteReaderAsync();
        object? last = null;
        do
        {
            while (await reader.ReadAsync())
                last = reader.GetValue(0);
        }
        while (await reader.NextResultAsync());
        return last;
    }
}
