using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using LLMoin.ServiceBed;

namespace LLMoin.ServiceTests.Identity;

public sealed class SignInTests(Servers servers)
{
    private const string Verifier = "a-verifier-that-is-long-enough-for-rfc-7636-0123456789";

    private static string AuthorizeUrl(string extra = "") =>
        "/connect/authorize?client_id=llmoin-web&response_type=code&scope=openid%20profile%20api%20offline_access&state=s1&nonce=n1"
        + "&redirect_uri=" + Uri.EscapeDataString(IdentityUnderTest.PublicUrl + "signin-oidc")
        + "&code_challenge_method=S256&code_challenge=" + Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_')
        + extra;

    [Fact]
    public async Task A_browser_signs_in_by_code_and_PKCE_and_gets_tokens_that_name_tenant_and_roles()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var browser = new Browser(identity);
        await SignInAsync(browser, AuthorizeUrl(), "fina@musterdorf.example");

        Assert.StartsWith("/connect/authorize?", browser.Location, StringComparison.Ordinal);
        await browser.GoAsync(browser.Location);
        Assert.StartsWith("/signin-oidc?", browser.Location, StringComparison.Ordinal);
        var back = HttpUtility.ParseQueryString(browser.Location.Split('?')[1]);
        Assert.Equal("s1", back["state"]);
        Assert.Equal(IdentityUnderTest.PublicUrl.ToString(), back["iss"]);

        var tokens = await RedeemAsync(identity, back["code"]!, Verifier);
        foreach (var token in new[] { tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("id_token").GetString()! })
        {
            var claims = IdentityUnderTest.Claims(token);
            Assert.Equal(IdentityUnderTest.PublicUrl.ToString(), claims.GetProperty("iss").GetString());
            Assert.Equal("gemeinde-musterdorf", claims.GetProperty("tenant").GetString());
            Assert.Equal("Fina Focken", claims.GetProperty("name").GetString());
            Assert.Equal(["user", "tenant-admin", "prompt-editor", "prompt-approver"], claims.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        }
        Assert.Equal("llmoin", IdentityUnderTest.Claims(tokens.GetProperty("access_token").GetString()!).GetProperty("aud").GetString());

        var refreshed = await identity.TokenAsync(
            ("grant_type", "refresh_token"), ("client_id", "llmoin-web"), ("refresh_token", tokens.GetProperty("refresh_token").GetString()!));
        Assert.True(refreshed.TryGetProperty("access_token", out _));
        // A code is good once.
        Assert.Equal("invalid_grant", (await RedeemAsync(identity, back["code"]!, Verifier)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_stolen_code_is_worth_nothing_without_the_verifier()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var browser = new Browser(identity);
        await SignInAsync(browser, AuthorizeUrl(), "anna@hamburg.example");
        await browser.GoAsync(browser.Location);
        var code = HttpUtility.ParseQueryString(browser.Location.Split('?')[1])["code"]!;

        Assert.Equal("invalid_grant", (await RedeemAsync(identity, code, Verifier + "x")).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_second_sign_in_needs_no_password_until_the_session_is_ended()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var browser = new Browser(identity);
        await SignInAsync(browser, AuthorizeUrl(), "anna@hamburg.example");

        await browser.GoAsync(AuthorizeUrl("&prompt=none"));
        Assert.Contains("code=", browser.Location, StringComparison.Ordinal);
        await browser.GoAsync(AuthorizeUrl("&prompt=login"));
        Assert.StartsWith("/account/login", browser.Location, StringComparison.Ordinal);

        await browser.GoAsync("/connect/logout?client_id=llmoin-web&post_logout_redirect_uri=" + Uri.EscapeDataString(IdentityUnderTest.PublicUrl + "signout-callback-oidc"));
        Assert.StartsWith("/signout-callback-oidc", browser.Location, StringComparison.Ordinal);
        await browser.GoAsync(AuthorizeUrl("&prompt=none"));
        Assert.Contains("error=login_required", browser.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_PKCE_or_with_a_foreign_return_address_is_refused()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var browser = new Browser(identity);
        await browser.GoAsync(AuthorizeUrl().Replace("signin-oidc", "elsewhere", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, browser.Response.StatusCode);
        Assert.Contains("redirect_uri", browser.Page, StringComparison.Ordinal);
        foreach (var url in new[] { AuthorizeUrl().Split("&code_challenge_method")[0], AuthorizeUrl().Replace("S256", "plain", StringComparison.Ordinal) })
        {
            await browser.GoAsync(url);
            Assert.Equal(HttpStatusCode.BadRequest, browser.Response.StatusCode);
            Assert.Contains("code_challenge", browser.Page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_page_says_in_the_readers_language_what_is_wrong_and_lets_no_script_run()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var german = new Browser(identity, "de-DE,de;q=0.9,en;q=0.8", "203.0.113.20");
        using var english = new Browser(identity, "en-GB,en;q=0.9,de;q=0.3", "203.0.113.20");
        foreach (var (browser, language, sentence) in new[] { (german, "de", "Passwort ist falsch"), (english, "en", "password is wrong") })
        {
            await browser.GoAsync("/account/login");
            Assert.Contains($"<html lang=\"{language}\">", browser.Page, StringComparison.Ordinal);
            Assert.Contains("anna@hamburg.example", browser.Page, StringComparison.Ordinal);
            var policy = browser.Response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", browser.Page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("style=", browser.Page, StringComparison.OrdinalIgnoreCase);

            await browser.SubmitAsync("/account/login", ("userName", "\"><b>nobody@nowhere.example"), ("password", "wrong"));
            Assert.Equal(HttpStatusCode.BadRequest, browser.Response.StatusCode);
            Assert.Contains(sentence, WebUtility.HtmlDecode(browser.Page), StringComparison.Ordinal);
            Assert.Contains("role=\"alert\"", browser.Page, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>", browser.Page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_form_from_elsewhere_signs_nobody_in()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var browser = new Browser(identity);
        await browser.PostAsync("/account/login", ("userName", "anna@hamburg.example"), ("password", IdentityUnderTest.Password));
        Assert.Equal(HttpStatusCode.BadRequest, browser.Response.StatusCode);
        Assert.DoesNotContain(browser.Cookies.GetCookies(identity.Process.Address), cookie => cookie.Name == "llmoin-sign-in");
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    public async Task A_sign_in_leads_nowhere_outside_the_platform(string returnUrl)
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var browser = new Browser(identity);
        await browser.GoAsync("/account/login?returnUrl=" + Uri.EscapeDataString(returnUrl));
        await browser.SubmitAsync("/account/login", ("demo", "anna@hamburg.example"));
        Assert.Equal(HttpStatusCode.Redirect, browser.Response.StatusCode);
        Assert.Equal("/", browser.Location);
    }

    private static async Task SignInAsync(Browser browser, string authorizeUrl, string userName)
    {
        await browser.GoAsync(authorizeUrl);
        Assert.StartsWith("/account/login?", browser.Location, StringComparison.Ordinal);
        await browser.GoAsync(browser.Location);
        await browser.SubmitAsync("/account/login", ("userName", userName), ("password", IdentityUnderTest.Password));
        Assert.Equal(HttpStatusCode.Redirect, browser.Response.StatusCode);
    }

    private static Task<System.Text.Json.JsonElement> RedeemAsync(IdentityUnderTest identity, string code, string verifier)
        => identity.TokenAsync(("grant_type", "authorization_code"), ("client_id", "llmoin-web"), ("code", code),
            ("redirect_uri", IdentityUnderTest.PublicUrl + "signin-oidc"), ("code_verifier", verifier));
}
