using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LLMoin.ServiceBed;

namespace LLMoin.ServiceTests.Identity;

public sealed class AdministrationTests(Servers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_user_signs_in_with_the_password_shown_once_and_not_after_being_suspended()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var fina = await identity.AsAsync("fina@musterdorf.example");
        var userName = $"neu-{Guid.NewGuid():n}@musterdorf.example";
        var created = await JsonAsync(await fina.PostAsJsonAsync("/api/identity/users", new { userName, name = "Neu", roles = new[] { "user" } }, Cancel), HttpStatusCode.Created);
        var password = created.GetProperty("initialPassword").GetString()!;
        var id = created.GetProperty("user").GetProperty("id").GetString();

        Assert.Equal("gemeinde-musterdorf", IdentityUnderTest.Claims(await identity.PasswordTokenAsync(userName, password)).GetProperty("tenant").GetString());
        Assert.DoesNotContain(password, await fina.GetStringAsync("/api/identity/users?limit=200", Cancel), StringComparison.Ordinal);
        await JsonAsync(await fina.PatchAsJsonAsync($"/api/identity/users/{id}", new { suspended = true }, Cancel), HttpStatusCode.OK);
        var refused = await identity.TokenAsync(("grant_type", "password"), ("client_id", "llmoin-cli"), ("username", userName), ("password", password), ("scope", "api"));
        Assert.Equal("invalid_grant", refused.GetProperty("error").GetString());

        var again = await fina.PostAsJsonAsync("/api/identity/users", new { userName, name = "Neu", roles = new[] { "user" } }, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task The_departments_an_administrator_gives_a_user_are_in_the_users_token()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var fina = await identity.AsAsync("fina@musterdorf.example");
        var userName = $"amt-{Guid.NewGuid():n}@musterdorf.example";
        var created = await JsonAsync(await fina.PostAsJsonAsync(
            "/api/identity/users", new { userName, name = "Neu", roles = new[] { "user" }, departments = new[] { "bau", "sport" } }, Cancel), HttpStatusCode.Created);
        var (password, id) = (created.GetProperty("initialPassword").GetString()!, created.GetProperty("user").GetProperty("id").GetString());
        Assert.Equal(["bau", "sport"], await DepartmentsAsync());

        await JsonAsync(await fina.PatchAsJsonAsync($"/api/identity/users/{id}", new { name = "Neuer" }, Cancel), HttpStatusCode.OK);
        Assert.Equal(["bau", "sport"], await DepartmentsAsync());
        await JsonAsync(await fina.PatchAsJsonAsync($"/api/identity/users/{id}", new { departments = new[] { "sport" } }, Cancel), HttpStatusCode.OK);
        Assert.Equal(["sport"], await DepartmentsAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await fina.PatchAsJsonAsync($"/api/identity/users/{id}", new { departments = new[] { " " } }, Cancel)).StatusCode);

        async Task<IEnumerable<string?>> DepartmentsAsync()
            => IdentityUnderTest.Claims(await identity.PasswordTokenAsync(userName, password)).GetProperty("departments").EnumerateArray().Select(department => department.GetString());
    }

    [Fact]
    public async Task Another_tenants_ids_do_not_exist_and_a_missing_role_is_forbidden()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var anna = await identity.AsAsync("anna@hamburg.example");
        using var ben = await identity.AsAsync("ben@hamburg.example");
        using var dirk = await identity.AsAsync("dirk@bremen.example");
        var clara = await identity.UserIdAsync("clara@bremen.example");
        var machine = await JsonAsync(await dirk.PostAsJsonAsync("/api/identity/clients", new { name = "Register", roles = new[] { "user" } }, Cancel), HttpStatusCode.Created);
        var machineId = machine.GetProperty("client").GetProperty("id").GetString();

        Assert.Equal(HttpStatusCode.NotFound, (await ben.PatchAsJsonAsync($"/api/identity/users/{clara}", new { suspended = true }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ben.DeleteAsync($"/api/identity/clients/{machineId}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await anna.GetAsync("/api/identity/users", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await anna.GetAsync("/api/identity/clients", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await ben.PostAsJsonAsync("/api/identity/tenants", new { id = "kiel" }, Cancel)).StatusCode);
        using var nobody = identity.Process.Anonymous();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/api/identity/me", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Nobody_gives_out_more_than_they_may()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var ben = await identity.AsAsync("ben@hamburg.example");
        using var olga = await identity.AsAsync("olga@betrieb.example");
        var (benId, olgaId) = (await identity.UserIdAsync("ben@hamburg.example"), await identity.UserIdAsync("olga@betrieb.example"));

        Assert.Equal(HttpStatusCode.Forbidden, (await ben.PatchAsJsonAsync($"/api/identity/users/{benId}", new { roles = new[] { "tenant-admin", "operator" } }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await olga.PatchAsJsonAsync($"/api/identity/users/{olgaId}", new { roles = new[] { "operator", "gateway" } }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await ben.PatchAsJsonAsync($"/api/identity/users/{benId}", new { suspended = true }, Cancel)).StatusCode);
        var operatorClient = await ben.PostAsJsonAsync("/api/identity/clients", new { name = "x", roles = new[] { "operator" } }, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, operatorClient.StatusCode);
        // An administrator of the operator's tenant who is no operator cannot shut the operator out.
        using var admin = identity.Process.ClientFor("betrieb", Guid.NewGuid().ToString(), "tenant-admin");
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.PatchAsJsonAsync($"/api/identity/users/{olgaId}", new { suspended = true }, Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_machine_client_works_until_it_is_deleted()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var dirk = await identity.AsAsync("dirk@bremen.example");
        var created = await JsonAsync(await dirk.PostAsJsonAsync("/api/identity/clients", new { name = "Register", roles = new[] { "user" } }, Cancel), HttpStatusCode.Created);
        var client = created.GetProperty("client");
        using var machine = identity.Process.Anonymous();
        machine.DefaultRequestHeaders.Authorization = IdentityUnderTest.Basic(
            client.GetProperty("clientId").GetString()!, created.GetProperty("clientSecret").GetString()!);

        var token = await IdentityUnderTest.TokenAsync(machine, ("grant_type", "client_credentials"), ("scope", "api"));
        Assert.Equal("bremen", IdentityUnderTest.Claims(token.GetProperty("access_token").GetString()!).GetProperty("tenant").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await dirk.DeleteAsync($"/api/identity/clients/{client.GetProperty("id").GetString()}", Cancel)).StatusCode);
        token = await IdentityUnderTest.TokenAsync(machine, ("grant_type", "client_credentials"), ("scope", "api"));
        Assert.Equal("invalid_client", token.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_tenant_sees_itself_and_those_below_and_an_operator_makes_new_ones()
    {
        var identity = await IdentityUnderTest.StartAsync(servers, demoUsers: true);
        using var olga = await identity.AsAsync("olga@betrieb.example");
        using var fina = await identity.AsAsync("fina@musterdorf.example");
        using var land = identity.Process.ClientFor("niedersachsen", Guid.NewGuid().ToString(), "user");
        Assert.Equal(["gemeinde-musterdorf"], await TenantsAsync(fina));
        Assert.Equal(["gemeinde-musterdorf", "niedersachsen"], await TenantsAsync(land));

        var created = await JsonAsync(await olga.PostAsJsonAsync("/api/identity/tenants", new
        {
            id = "musterdorf-bauamt",
            displayName = "Bauamt",
            kind = "department",
            parent = "gemeinde-musterdorf",
            admin = new { userName = "bauamt@musterdorf.example", name = "Bea Bau" },
        }, Cancel), HttpStatusCode.Created);
        Assert.Equal(["gemeinde-musterdorf", "musterdorf-bauamt"], await TenantsAsync(fina));
        Assert.Equal(6, (await TenantsAsync(olga)).Count);
        var token = await identity.PasswordTokenAsync("bauamt@musterdorf.example", created.GetProperty("admin").GetProperty("initialPassword").GetString()!);
        Assert.Equal("musterdorf-bauamt", IdentityUnderTest.Claims(token).GetProperty("tenant").GetString());

        var first = await JsonAsync(await olga.GetAsync("/api/identity/tenants?limit=4", Cancel), HttpStatusCode.OK);
        var rest = await JsonAsync(await olga.GetAsync("/api/identity/tenants?limit=4&after=" + first.GetProperty("next").GetString(), Cancel), HttpStatusCode.OK);
        Assert.Equal((4, 2), (first.GetProperty("items").GetArrayLength(), rest.GetProperty("items").GetArrayLength()));
        var twice = await olga.PostAsJsonAsync("/api/identity/tenants", new { id = "hamburg", displayName = "x", kind = "land" }, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await olga.GetAsync("/api/identity/tenants?limit=201", Cancel)).StatusCode);
    }

    private static async Task<IReadOnlyList<string?>> TenantsAsync(HttpClient client)
        => [.. (await client.GetFromJsonAsync<JsonElement>("/api/identity/tenants", Cancel)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString())];

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }
}
