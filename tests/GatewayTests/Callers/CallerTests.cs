using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using LLMoin.GatewayTests.Bed;
using Microsoft.IdentityModel.Tokens;

namespace LLMoin.GatewayTests.Callers;

public sealed class CallerTests(TestBed bed) : IClassFixture<TestBed>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_without_credentials_gets_401_in_the_shape_of_its_route()
    {
        using var client = bed.Client();
        using var openAi = await client.GetAsync("/v1/models", Cancellation);
        using var problem = await client.GetAsync("/api/chat/conversations", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, openAi.StatusCode);
        Assert.Contains("\"authentication_error\"", await openAi.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, problem.StatusCode);
        Assert.Equal("application/problem+json", problem.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Bearer", problem.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_service_sees_the_callers_signed_identity_and_nothing_the_client_says_about_itself()
    {
        var user = bed.Identity.AddUser("bremen", "user", "prompt-editor");
        using var client = bed.Client(bed.Identity.AddKey(user));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        foreach (var (name, value) in new (string, string)[]
        {
            ("x-test", "identity"), ("Cookie", "llmoin-session=forged"), ("X-LLMoin-Tenant", "hamburg"), ("X-Forwarded-User", "admin"),
            ("X-Forwarded-For", "10.9.8.7"), ("X-OpenWebUI-User-Email", "admin@example.org"), ("X-OpenWebUI-User-Role", "admin"), ("X-Tenant", "hamburg"),
            ("X-Remote-User", "admin"), ("Forwarded", "for=10.9.8.7"), ("X-OpenWebUI-Chat-Id", "chat-1"),
        })
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var seen = bed.Chat.Find("identity");
        Assert.Equal("HTTP/2", seen.Protocol);
        var identity = await bed.InternalIdentityAsync(seen);
        Assert.Equal(user.Id, identity.Subject);
        Assert.Equal("bremen", identity.GetClaim("tenant").Value);
        Assert.Equal(["prompt-editor", "user"], identity.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value).Order());
        Assert.True(identity.TryGetClaim("key_id", out _));
        foreach (var gone in new[] { "Cookie", "X-LLMoin-Tenant", "X-Forwarded-User", "X-OpenWebUI-User-Email", "X-OpenWebUI-User-Role", "X-Tenant", "X-Remote-User", "Forwarded" })
            Assert.DoesNotContain(gone, seen.Headers.Keys);
        Assert.DoesNotContain("10.9.8.7", seen.Headers.GetValueOrDefault("X-Forwarded-For") ?? "", StringComparison.Ordinal);
        Assert.Equal("chat-1", seen.Headers["X-OpenWebUI-Chat-Id"]);
    }

    [Fact]
    public async Task Only_an_order_of_longer_work_carries_the_right_to_read_in_the_callers_name()
    {
        using var client = bed.Client(bed.Identity.AddKey(bed.Identity.AddUser("bremen", "user")));
        foreach (var (method, path, name) in new[] { (HttpMethod.Post, "/api/chat/runs/summarise", "order"), (HttpMethod.Get, "/api/chat/runs", "look"), (HttpMethod.Post, "/v1/chat/completions", "chat") })
        {
            using var request = new HttpRequestMessage(method, path) { Content = method == HttpMethod.Post ? new StringContent("{}", Encoding.UTF8, "application/json") : null };
            request.Headers.TryAddWithoutValidation("x-test", name);
            request.Headers.TryAddWithoutValidation("X-LLMoin-Delegation", "forged");
            using var response = await client.SendAsync(request, Cancellation);
        }

        Assert.NotEqual("forged", bed.Chat.Find("order").Headers["X-LLMoin-Delegation"]);
        Assert.DoesNotContain("X-LLMoin-Delegation", bed.Chat.Find("look").Headers.Keys);
        Assert.DoesNotContain("X-LLMoin-Delegation", bed.Chat.Find("chat").Headers.Keys);
    }

    [Fact]
    public async Task A_key_is_checked_once_in_five_seconds_and_a_wrong_one_too()
    {
        using var client = bed.Client("llmoin_" + new string('x', 43));
        var before = bed.Identity.KeyChecks;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 5; i++)
        {
            using var response = await client.GetAsync("/v1/models", Cancellation);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        Assert.InRange(bed.Identity.KeyChecks - before, 1, 1 + (int)(watch.Elapsed.TotalSeconds / 5));
    }

    [Theory]
    [InlineData("Bearer llmoin_' OR 1=1 --")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer null")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("bearer")]
    [InlineData("Negotiate xyz")]
    public async Task An_unreadable_authorization_header_is_401(string header)
    {
        using var client = bed.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        using var response = await client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_wrong_header_never_falls_back_to_a_good_session()
    {
        using var browser = await bed.BrowserAsync(bed.Identity.AddUser(), Cancellation);
        browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "llmoin_wrong");
        using var response = await browser.GetAsync("/v1/models", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_key_in_another_header_or_two_keys_at_once_open_nothing()
    {
        var key = bed.Identity.AddKey(bed.Identity.AddUser());
        foreach (var (name, value) in new (string, string)[] { ("X-Api-Key", key), ("api-key", key), ("Cookie", "llmoin-session=" + key), ("Proxy-Authorization", "Bearer " + key) })
        {
            using var client = bed.Client();
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
            using var response = await client.GetAsync("/v1/models?api_key=" + key, Cancellation);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        using var twice = bed.Client();
        twice.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", ["Bearer llmoin_wrong", "Bearer " + key]);
        using var refused = await twice.GetAsync("/v1/models", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task A_token_of_the_provider_is_good_and_its_roles_and_departments_are_those_of_today()
    {
        var user = bed.Identity.AddUser();
        bed.Identity.Users[user.Id] = user with { Departments = ["bau", "sport"] };
        var token = bed.Identity.Token(user, roles: ["user", "operator", "gateway"]);
        using var client = bed.Client(token);
        client.DefaultRequestHeaders.Add("x-test", "today");
        using var response = await client.GetAsync("/api/chat/conversations", Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var identity = await bed.InternalIdentityAsync(bed.Chat.Find("today"));
        Assert.Equal(["user"], identity.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value));
        Assert.Equal(["bau", "sport"], identity.Claims.Where(claim => claim.Type == "departments").Select(claim => claim.Value).Order());
    }

    [Fact]
    public async Task A_key_carries_its_owners_departments_and_a_change_of_them_reaches_the_services()
    {
        var user = bed.Identity.AddUser();
        var key = bed.Identity.AddKey(user);
        string[][] changes = [["bau"], [], ["sport", "bau"]];
        foreach (var (departments, turn) in changes.Select((departments, turn) => (departments, turn)))
        {
            // What the check said before is not asked again for five seconds: another key of the same person.
            key = turn == 0 ? key : bed.Identity.AddKey(user);
            bed.Identity.Users[user.Id] = user with { Departments = departments };
            using var client = bed.Client(key);
            client.DefaultRequestHeaders.Add("x-test", $"departments-{user.Id}-{turn}");
            using var response = await client.GetAsync("/api/chat/conversations", Cancellation);
            var identity = await bed.InternalIdentityAsync(bed.Chat.Find($"departments-{user.Id}-{turn}"));
            Assert.Equal(departments.Order(), identity.Claims.Where(claim => claim.Type == "departments").Select(claim => claim.Value).Order());
        }
    }

    [Fact]
    public async Task Expired_foreign_mistyped_and_forged_tokens_are_401()
    {
        var user = bed.Identity.AddUser();
        using var foreign = RSA.Create(2048);
        foreach (var token in new[]
        {
            bed.Identity.Token(user, expiresIn: TimeSpan.FromMinutes(-5)),
            bed.Identity.Token(user, audience: "somebody-else"),
            bed.Identity.Token(user, issuer: "https://evil.example/"),
            bed.Identity.Token(user, type: "JWT"),
            bed.Identity.Token(user, key: new RsaSecurityKey(foreign) { KeyId = "stub" }),
            bed.Identity.Token(user, key: new SymmetricSecurityKey(Encoding.UTF8.GetBytes(new string('k', 64)))),
            bed.Identity.Token(user with { Tenant = "bremen" }),
            bed.Identity.Token(user)[..^4] + "AAAA",
            Unsigned(bed.Identity.Token(user)),
        })
        {
            using var client = bed.Client(token);
            using var response = await client.GetAsync("/v1/models", Cancellation);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Contains("invalid_token", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_suspended_users_key_token_and_session_stop_within_five_seconds()
    {
        var user = bed.Identity.AddUser();
        using var withKey = bed.Client(bed.Identity.AddKey(user));
        using var withToken = bed.Client(bed.Identity.Token(user));
        using var browser = await bed.BrowserAsync(user, Cancellation);
        HttpClient[] all = [withKey, withToken, browser];
        foreach (var client in all)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(client));

        bed.Identity.Users.TryRemove(user.Id, out _);
        await Task.Delay(TimeSpan.FromSeconds(5.1), Cancellation);
        foreach (var client in all)
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/v1/models", Cancellation);
        return response.StatusCode;
    }

    private static string Unsigned(string token)
        => Base64UrlEncoder.Encode("""{"alg":"none","typ":"at+jwt"}""") + "." + token.Split('.')[1] + ".";
}
