using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;
using Npgsql;

namespace LLMoin.ServiceTests.Chat.Conversations;

/// <summary>Links to copies of conversations.</summary>
[Collection(nameof(ConversationBed))]
public sealed class ShareTests(ConversationBed bed)
{
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task Colleagues_with_the_link_read_what_was_shared_and_not_what_came_later()
    {
        using var anna = bed.Staff(_tenant, "anna");
        using var ben = bed.Staff(_tenant, "ben");
        var first = await anna.AskAsync("eins");
        var share = await ShareAsync(anna, first.Conversation(), new { });
        var second = await anna.AskAsync("zwei", new JsonObject { ["conversation_id"] = first.Conversation() });
        var earlier = await ShareAsync(anna, first.Conversation(), new { messageId = first.Question() });

        var shared = await ben.GetAsync($"/api/chat/shares/{share["token"]}").OkAsync();

        Assert.Equal("anna", (string?)shared["sharedBy"]);
        Assert.Equal([("user", "replay tokens=1 rate=0 eins"), ("assistant", "0 ")], shared["messages"]!.AsArray().Select(message => ((string)message!["role"]!, (string)message["content"]!)));
        Assert.Single((await ben.GetAsync($"/api/chat/shares/{earlier["token"]}").OkAsync())["messages"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, await ben.GetAsync($"/api/chat/conversations/{second.Conversation()}").StatusAsync());
    }

    [Fact]
    public async Task A_link_is_worth_nothing_in_another_tenant_without_staffs_role_or_by_its_id()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var conversation = (await anna.AskAsync("eins")).Conversation();
        var share = await ShareAsync(anna, conversation, new { });
        using var ben = bed.Staff(_tenant, "ben", "tenant-admin");
        using var stranger = bed.Staff(_tenant + "x", "anna");
        using var auditor = bed.Chat.ClientFor(_tenant, "otto", "auditor");

        Assert.Equal(HttpStatusCode.NotFound, await stranger.GetAsync($"/api/chat/shares/{share["token"]}").StatusAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await auditor.GetAsync($"/api/chat/shares/{share["token"]}").StatusAsync());
        Assert.Equal(HttpStatusCode.NotFound, await ben.GetAsync($"/api/chat/shares/{share["id"]}").StatusAsync());
        foreach (var other in new[] { ben, stranger })
        {
            Assert.Equal(HttpStatusCode.NotFound, await other.PostAsJsonAsync($"/api/chat/conversations/{conversation}/shares", new { }).StatusAsync());
            Assert.Equal(HttpStatusCode.NotFound, await other.GetAsync($"/api/chat/conversations/{conversation}/shares").StatusAsync());
            Assert.Equal(HttpStatusCode.NotFound, await other.DeleteAsync($"/api/chat/conversations/{conversation}/shares/{share["id"]}").StatusAsync());
        }
    }

    [Fact]
    public async Task A_link_ends_when_it_is_withdrawn_or_its_conversation_is_deleted()
    {
        using var anna = bed.Staff(_tenant, "anna");
        using var ben = bed.Staff(_tenant, "ben");
        var conversation = (await anna.AskAsync("eins")).Conversation();
        var (first, second) = (await ShareAsync(anna, conversation, new { }), await ShareAsync(anna, conversation, new { expiresInDays = 1 }));

        var listed = await anna.ItemsAsync($"conversations/{conversation}/shares");
        Assert.Equal([(string?)second["id"], (string?)first["id"]], listed.Select(share => (string?)share!["id"]));
        Assert.DoesNotContain("token", listed[0]!.AsObject().Select(field => field.Key));
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync($"/api/chat/conversations/{conversation}/shares/{first["id"]}").StatusAsync());
        Assert.Equal(HttpStatusCode.NotFound, await ben.GetAsync($"/api/chat/shares/{first["token"]}").StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await ben.GetAsync($"/api/chat/shares/{second["token"]}").StatusAsync());
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync($"/api/chat/conversations/{conversation}").StatusAsync());
        Assert.Equal(HttpStatusCode.NotFound, await ben.GetAsync($"/api/chat/shares/{second["token"]}").StatusAsync());
    }

    [Fact]
    public async Task The_database_itself_shows_colleagues_only_the_share_whose_secret_they_name_while_it_lasts()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var conversation = (await anna.AskAsync("eins")).Conversation();
        var (first, _) = (await ShareAsync(anna, conversation, new { }), await ShareAsync(anna, conversation, new { }));
        await using var source = NpgsqlDataSource.Create(bed.Chat.Setting("ConnectionStrings__chat"));
        var hash = (string)(await ScalarAsync("anna", _tenant, "", $"select token_hash from shares where id = '{first["id"]}'"))!;

        Assert.Equal(2L, await ScalarAsync("anna", _tenant, "", "select count(*) from shares"));
        Assert.Equal(0L, await ScalarAsync("ben", _tenant, "", "select count(*) from shares"));
        Assert.Equal(1L, await ScalarAsync("ben", _tenant, hash, "select count(*) from shares"));
        Assert.Equal(0L, await ScalarAsync("ben", _tenant + "x", hash, "select count(*) from shares"));
        Assert.Equal(0L, await ScalarAsync("ben", _tenant, hash, "with gone as (delete from shares returning 1) select count(*) from gone"));
        await ScalarAsync("anna", _tenant, "", $"update shares set expires_at = now() - interval '1 second' where id = '{first["id"]}'");
        Assert.Equal(0L, await ScalarAsync("ben", _tenant, hash, "select count(*) from shares"));
        using var ben = bed.Staff(_tenant, "ben");
        Assert.Equal(HttpStatusCode.NotFound, await ben.GetAsync($"/api/chat/shares/{first["token"]}").StatusAsync());

        async Task<object?> ScalarAsync(string user, string tenant, string share, string sql)
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("select set_config('app.tenant', $1, true), set_config('app.user', $2, true), set_config('app.share', $3, true)", connection)
            {
                Parameters = { new() { Value = tenant }, new() { Value = user }, new() { Value = share } },
            };
            await command.ExecuteNonQueryAsync();
            await using var asked = new NpgsqlCommand(sql, connection);
            var result = await asked.ExecuteScalarAsync();
            await transaction.CommitAsync();
            return result;
        }
    }

    [Fact]
    public async Task What_cannot_be_shared_is_named()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var conversation = (await anna.AskAsync("eins")).Conversation();
        var other = await anna.AskAsync("zwei");
        var empty = (Guid)(await anna.PostAsJsonAsync("/api/chat/conversations", new { }).OkAsync(HttpStatusCode.Created))["id"]!;

        await anna.PostAsJsonAsync($"/api/chat/conversations/{conversation}/shares", new { expiresInDays = 366 }).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "expiresInDays");
        await anna.PostAsJsonAsync($"/api/chat/conversations/{conversation}/shares", new { messageId = other.Message() }).ProblemAsync(HttpStatusCode.NotFound, "not-found", "messageId");
        await anna.PostAsJsonAsync($"/api/chat/conversations/{empty}/shares", new { }).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "messageId");
    }

    private static Task<JsonNode> ShareAsync(HttpClient client, Guid conversation, object body)
        => client.PostAsJsonAsync($"/api/chat/conversations/{conversation}/shares", body).OkAsync(HttpStatusCode.Created);
}
