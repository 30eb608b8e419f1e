using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LLMoin.GatewayTests.Bed;

namespace LLMoin.GatewayTests.Sessions;

public sealed class SessionTests(TestBed bed) : IClassFixture<TestBed>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_browser_signs_in_uses_the_platform_and_signs_out_without_ever_holding_a_token()
    {
        var user = bed.Identity.AddUser("hamburg", "user", "auditor");
        using var browser = await bed.BrowserAsync(user, Cancellation);
        var me = await browser.GetFromJsonAsync<JsonElement>("/auth/me", Cancellation);
        Assert.Equal("Anna Müller", me.GetProperty("name").GetString());
        Assert.Equal(["auditor", "user"], me.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));

        browser.DefaultRequestHeaders.Add("x-test", "browser");
        using (var models = await browser.GetAsync("/v1/models", Cancellation))
            Assert.Equal(HttpStatusCode.OK, models.StatusCode);
        var seen = bed.Chat.Find("browser");
        Assert.Equal(user.Id, (await bed.InternalIdentityAsync(seen)).Subject);
        Assert.DoesNotContain("Cookie", seen.Headers.Keys);

        browser.DefaultRequestHeaders.Add("X-LLMoin-CSRF", "1");
        using var signedOut = await browser.PostAsync("/auth/logout", null, Cancellation);
        var location = (await signedOut.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("location").GetString();
        Assert.StartsWith(bed.Address + "connect/logout?client_id=llmoin-web&post_logout_redirect_uri=", location, StringComparison.Ordinal);
        using (var back = await browser.GetAsync("/signout-callback-oidc", Cancellation))
            Assert.Equal(bed.Address, back.RequestMessage!.RequestUri);
        using var after = await browser.GetAsync("/auth/me", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Theory]
    [InlineData("operator", TestBed.Dashboard)]
    [InlineData("tenant-admin", null)]
    public async Task Only_operators_are_shown_the_way_to_the_dashboard(string role, string? expected)
    {
        using var browser = await bed.BrowserAsync(bed.Identity.AddUser("hamburg", role), Cancellation);
        var me = await browser.GetFromJsonAsync<JsonElement>("/auth/me", Cancellation);
        Assert.Equal(expected, me.TryGetProperty("dashboardUrl", out var url) ? url.GetString() : null);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_other_sites_and_the_provider_never_sees_it()
    {
        var cookies = new CookieContainer();
        bed.Identity.AtTheKeyboard = bed.Identity.AddUser();
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = bed.Address };
        using (await browser.GetAsync("/auth/login", Cancellation))
        {
        }

        var session = Assert.Single(cookies.GetCookies(bed.Address), cookie => cookie.Name == "llmoin-session");
        Assert.True(session.HttpOnly);
        browser.DefaultRequestHeaders.Add("x-test", "provider");
        using (await browser.GetAsync("/account/profile", Cancellation))
        {
        }

        Assert.Equal("llmoin-sign-in=theirs", bed.Identity.Find("provider").Headers["Cookie"]);
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("X-LLMoin-CSRF", "1", HttpStatusCode.OK)]
    public async Task A_session_changes_something_only_from_our_own_page(string? header, string? value, HttpStatusCode expected)
    {
        using var browser = await bed.BrowserAsync(bed.Identity.AddUser(), Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/chat/conversations/1");
        if (header is not null)
            request.Headers.Add(header, value);
        using var response = await browser.SendAsync(request, Cancellation);
        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("/?page=2", "/?page=2")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("/\t/evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/a\\..\\b", "/")]
    public async Task Signing_in_returns_to_this_site_only(string returnUrl, string expected)
    {
        bed.Identity.AtTheKeyboard = bed.Identity.AddUser();
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = bed.Address };
        var next = new Uri("/auth/login?returnUrl=" + Uri.EscapeDataString(returnUrl), UriKind.Relative);
        for (var hop = 0; hop < 3; hop++)
        {
            using var response = await browser.GetAsync(next, Cancellation);
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
            next = response.Headers.Location!;
        }

        Assert.Equal(new Uri(bed.Address, expected), new Uri(bed.Address, next));
    }

    [Fact]
    public async Task A_forged_return_from_the_provider_signs_nobody_in()
    {
        using var client = bed.Client();
        using var response = await client.GetAsync("/signin-oidc?code=stolen&state=forged", Cancellation);
        Assert.Equal("/?sign-in=failed", response.Headers.Location?.OriginalString);
        Assert.DoesNotContain(response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [], cookie => cookie.StartsWith("llmoin-session=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_host_name_is_sent_to_the_public_one_before_it_signs_in()
    {
        using var client = bed.Client();
        using var response = await client.GetAsync($"http://127.0.0.1:{bed.Address.Port}/auth/login?returnUrl=/x", Cancellation);
        Assert.Equal(bed.Address + "auth/login?returnUrl=/x", response.Headers.Location?.OriginalString);
    }
}
