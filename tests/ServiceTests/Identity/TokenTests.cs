using System.Net.Http.Json;
using LLMoin.ServiceBed;

namespace LLMoin.ServiceTests.Identity;

public sealed class TokenTests(Servers servers)
{
    [Fact]
    public async Task A_machine_gets_a_token_of_its_tenant_for_its_secret()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var client = identity.Process.Anonymous();
        client.DefaultRequestHeaders.Authorization = IdentityUnderTest.Basic("bremen-fachverfahren", "llmoin-demo-secret");
        var answer = await IdentityUnderTest.TokenAsync(client, ("grant_type", "client_credentials"), ("scope", "api"));

        var token = answer.GetProperty("access_token").GetString()!;
        var claims = IdentityUnderTest.Claims(token);
        Assert.Equal("bremen", claims.GetProperty("tenant").GetString());
        Assert.Equal(["user"], claims.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.Equal("llmoin", claims.GetProperty("aud").GetString());
        Assert.Equal("at+jwt", IdentityUnderTest.Header(token).GetProperty("typ").GetString());
        Assert.InRange(answer.GetProperty("expires_in").GetInt32(), 1790, 1800);

        client.DefaultRequestHeaders.Authorization = IdentityUnderTest.Basic("bremen-fachverfahren", "wrong");
        answer = await IdentityUnderTest.TokenAsync(client, ("grant_type", "client_credentials"), ("scope", "api"));
        Assert.Equal("invalid_client", answer.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Without_demo_users_there_is_neither_demo_data_nor_a_password_grant_but_the_first_administrator()
    {
        var identity = await IdentityUnderTest.StartAsync(servers, demoUsers: false,
            ("Identity__FirstAdmin__Tenant", "kreis-nord"), ("Identity__FirstAdmin__TenantName", "Kreis Nord"),
            ("Identity__FirstAdmin__UserName", "admin@kreis-nord.example"), ("Identity__FirstAdmin__Password", "a-long-first-password"));

        var answer = await identity.TokenAsync(("grant_type", "password"), ("client_id", "llmoin-cli"),
            ("username", "admin@kreis-nord.example"), ("password", "a-long-first-password"), ("scope", "api"));
        Assert.Equal("unsupported_grant_type", answer.GetProperty("error").GetString());

        using var browser = new Browser(identity);
        await browser.GoAsync("/account/login");
        Assert.DoesNotContain("hamburg", browser.Page, StringComparison.Ordinal);
        await browser.SubmitAsync("/account/login", ("userName", "admin@kreis-nord.example"), ("password", "a-long-first-password"));
        Assert.Equal("/", browser.Location);
        foreach (var tenant in new[] { "hamburg", "bremen", "betrieb" })
        {
            await using var connection = await identity.ConnectAsync(tenant);
            Assert.Equal(0L, await IdentityUnderTest.SqlAsync(connection, "select count(*) from tenants"));
        }
    }

    [Fact]
    public async Task An_empty_installation_says_how_to_begin()
    {
        var identity = await IdentityUnderTest.StartAsync(servers, demoUsers: false);
        await ReadUntil.TrueAsync(() => Task.FromResult(identity.Process.Log.Contains("Identity:FirstAdmin:Tenant", StringComparison.Ordinal)), "it says so");
    }

    [Fact]
    public async Task Tokens_and_sessions_outlive_a_restart_and_demo_users_do_not_outlive_the_demo()
    {
        var identity = await IdentityUnderTest.StartAsync(servers, demoUsers: true);
        var before = IdentityUnderTest.Header(await identity.PasswordTokenAsync("anna@hamburg.example")).GetProperty("kid").GetString();
        using var browser = new Browser(identity);
        await browser.GoAsync("/account/login");
        await identity.Process.KillAsync();
        await identity.Process.RestartAsync();
        await browser.SubmitAsync("/account/login", ("demo", "anna@hamburg.example"));
        Assert.Equal("/", browser.Location);
        Assert.Equal(before, IdentityUnderTest.Header(await identity.PasswordTokenAsync("anna@hamburg.example")).GetProperty("kid").GetString());

        var annaId = await identity.UserIdAsync("anna@hamburg.example");
        var real = await IdentityUnderTest.StartAsync(servers, demoUsers: false,
            ("ConnectionStrings__identity", identity.Process.Setting("ConnectionStrings__identity")));
        using var gateway = real.AsGateway();
        var check = await gateway.PostAsJsonAsync("/api/identity/user-checks", new { userId = annaId, tenant = "hamburg" }, TestContext.Current.CancellationToken);
        Assert.Contains("\"active\":false", await check.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await browser.GoAsync("/account/login");
        using var later = new Browser(real, address: "203.0.113.30");
        await later.GoAsync("/account/login");
        await later.SubmitAsync("/account/login", ("userName", "anna@hamburg.example"), ("password", IdentityUnderTest.Password));
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, later.Response.StatusCode);
    }
}
