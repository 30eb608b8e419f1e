using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LLMoin.ServiceBed;

namespace LLMoin.ServiceTests.Identity;

public sealed class ApiKeyTests(Servers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_shown_once_acts_as_its_owner_and_ends_when_revoked()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var hanna = await identity.AsAsync("hanna@hamburg.example");
        var created = await CreateAsync(hanna, new { name = "Skript", roles = new[] { "user" } });
        var key = created.GetProperty("key").GetString()!;
        Assert.Matches("^llmoin_[0-9A-Za-z]{43}$", key);

        var list = await hanna.GetStringAsync("/api/identity/api-keys", Cancel);
        Assert.Contains(key[..15], list, StringComparison.Ordinal);
        Assert.DoesNotContain(key, list, StringComparison.Ordinal);

        var owner = await CheckAsync(identity, key);
        Assert.Equal("hamburg", owner!.Value.GetProperty("tenant").GetString());
        Assert.Equal(await identity.UserIdAsync("hanna@hamburg.example"), owner.Value.GetProperty("userId").GetString());
        Assert.Equal(["user"], owner.Value.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));

        var revoked = await hanna.DeleteAsync($"/api/identity/api-keys/{created.GetProperty("id").GetString()}", Cancel);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.Null(await CheckAsync(identity, key));
    }

    [Fact]
    public async Task An_expired_key_a_suspended_owners_key_and_an_unknown_key_get_the_same_answer()
    {
        var identity = await IdentityUnderTest.StartAsync(servers, demoUsers: true);
        using var anna = await identity.AsAsync("anna@hamburg.example");
        using var clara = await identity.AsAsync("clara@bremen.example");
        var expiring = (await CreateAsync(anna, new { name = "läuft ab", expiresInDays = 1 })).GetProperty("key").GetString()!;
        var suspended = (await CreateAsync(clara, new { name = "gesperrt" })).GetProperty("key").GetString()!;
        Assert.NotNull(await CheckAsync(identity, expiring));
        Assert.NotNull(await CheckAsync(identity, suspended));

        await using (var connection = await identity.ConnectAsync("hamburg"))
            await IdentityUnderTest.SqlAsync(connection, "update api_keys set expires_at = now() - interval '1 second'");
        using var dirk = await identity.AsAsync("dirk@bremen.example");
        var claraId = await identity.UserIdAsync("clara@bremen.example");
        (await dirk.PatchAsJsonAsync($"/api/identity/users/{claraId}", new { suspended = true }, Cancel)).EnsureSuccessStatusCode();

        Assert.Null(await CheckAsync(identity, expiring));
        Assert.Null(await CheckAsync(identity, suspended));
        Assert.Null(await CheckAsync(identity, "llmoin_" + new string('a', 43)));
        Assert.Null(await CheckAsync(identity, "x"));
        using var gateway = identity.AsGateway();
        var check = await gateway.PostAsJsonAsync("/api/identity/user-checks", new { userId = claraId, tenant = "bremen" }, Cancel);
        Assert.False((await check.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task An_administrator_sees_and_revokes_the_tenants_keys_and_nobody_else_does()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var anna = await identity.AsAsync("anna@hamburg.example");
        using var hanna = await identity.AsAsync("hanna@hamburg.example");
        using var ben = await identity.AsAsync("ben@hamburg.example");
        using var dirk = await identity.AsAsync("dirk@bremen.example");
        var id = (await CreateAsync(anna, new { name = "Annas" })).GetProperty("id").GetString()!;

        foreach (var stranger in new[] { hanna, dirk })
        {
            Assert.DoesNotContain(id, await stranger.GetStringAsync("/api/identity/api-keys?limit=200", Cancel), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.DeleteAsync($"/api/identity/api-keys/{id}", Cancel)).StatusCode);
        }
        Assert.Contains(id, await ben.GetStringAsync("/api/identity/api-keys?limit=200", Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await ben.DeleteAsync($"/api/identity/api-keys/{id}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Keys_cannot_reach_beyond_their_owner_and_bad_requests_name_the_field()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var anna = await identity.AsAsync("anna@hamburg.example");
        foreach (var (body, field) in new (object, string)[]
                 {
                     (new { name = "x", roles = new[] { "tenant-admin" } }, "roles"),
                     (new { name = "x", expiresInDays = 366 }, "expiresInDays"),
                     (new { name = " " }, "name"),
                     (new { name = 5 }, "name"),
                 })
        {
            var response = await anna.PostAsJsonAsync("/api/identity/api-keys", body, Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal(field, (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("field").GetString());
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await anna.PostAsJsonAsync("/api/identity/api-key-checks", new { key = "x" }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await anna.PostAsJsonAsync("/api/identity/user-checks", new { userId = "x", tenant = "y" }, Cancel)).StatusCode);
    }

    private static async Task<JsonElement> CreateAsync(HttpClient client, object body)
    {
        var response = await client.PostAsJsonAsync("/api/identity/api-keys", body, Cancel);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static async Task<JsonElement?> CheckAsync(IdentityUnderTest identity, string key)
    {
        using var gateway = identity.AsGateway();
        var response = await gateway.PostAsJsonAsync("/api/identity/api-key-checks", new { key }, Cancel);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }
}
