using System.Reflection;
using LLMoin.ServiceBed;
using Npgsql;

namespace LLMoin.ServiceTests.Chat.Conversations;

/// <summary>What was there before conversations had branches.</summary>
public sealed class MigrationTests(Servers servers)
{
    private const string Hers = "select set_config('app.tenant', 'hamburg', false), set_config('app.user', 'anna', false);";

    [Fact]
    public async Task Older_conversations_become_one_branch_each_whose_end_is_open()
    {
        await using var source = NpgsqlDataSource.Create(await servers.CreateDatabaseAsync("Chat"));
        await using var connection = await source.OpenConnectionAsync();
        var (before, after) = (Scripts().TakeWhile(script => script.Name != "005_conversations.sql"), Scripts().SkipWhile(script => script.Name != "005_conversations.sql"));
        foreach (var (_, sql) in before)
            await RunAsync(connection, sql);
        await RunAsync(connection, Hers + string.Concat(Enumerable.Range(1, 2).Select(n => $"insert into conversations (id, tenant, user_id, title) values ('{Id(0, n)}', 'hamburg', 'anna', 'Frist');")));
        for (var n = 1; n <= 6; n++)
            await RunAsync(connection,
                $"""
                 insert into answers (id, tenant, user_id, status, requested_model, model, purpose, request_hash) values ('{Id(2, n)}', 'hamburg', 'anna', 'completed', 'm', 'm', 'chat', '');
                 insert into messages (id, tenant, user_id, conversation_id, role, content, answer_id)
                 values ('{Id(1, n)}', 'hamburg', 'anna', '{Id(0, 1 + (n % 2))}', '{(n % 4 > 1 ? "user" : "assistant")}', 'Die Frist', '{Id(2, n)}');
                 """);
        await RunAsync(connection, "select set_config('app.tenant', '', false)");

        foreach (var (_, sql) in after)
            await RunAsync(connection, sql);

        await RunAsync(connection, Hers);
        Assert.Equal("3<1 4<2 5<3 6<4", await TextAsync("select string_agg(right(id::text, 1) || '<' || right(parent_id::text, 1), ' ' order by id) from messages where parent_id is not null"));
        Assert.Equal("3<1 4<2 5<3 6<4", await TextAsync("select string_agg(right(id::text, 1) || '<' || right(parent_id::text, 1), ' ' order by id) from answers where parent_id is not null"));
        Assert.Equal("1:6 2:5", await TextAsync("select string_agg(right(id::text, 1) || ':' || right(leaf_id::text, 1), ' ' order by id) from conversations"));
        Assert.Equal("6", await TextAsync("select count(*)::text from messages where words @@ to_tsquery('german', 'Fristen')"));

        async Task<string?> TextAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return (string?)await command.ExecuteScalarAsync();
        }
    }

    private static string Id(int kind, int n) => $"0000000{kind}-0000-7000-8000-00000000000{n}";

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The service's own, in their order.</summary>
    private static IReadOnlyList<(string Name, string Sql)> Scripts()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var chat = Assembly.LoadFrom(Path.Combine(output.Parent!.Parent!.FullName, "Chat", output.Name, "LLMoin.Chat.dll"));
        return [.. chat.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

        (string, string) Read(string name)
        {
            using var reader = new StreamReader(chat.GetManifestResourceStream(name)!);
            return (name[(name.IndexOf(".Migrations.", StringComparison.Ordinal) + ".Migrations.".Length)..], reader.ReadToEnd());
        }
    }
}
