using System.Text.RegularExpressions;
using LLMoin.WebTests.Bed;

namespace LLMoin.WebTests;

/// <summary>Coming, going, and a session that ends while somebody writes.</summary>
public sealed class SessionTests(WebPlatform platform)
{
    [Fact]
    public async Task Signing_in_and_out_leads_through_the_provider_and_leaves_nothing_open()
    {
        await using var anna = await platform.OpenAnonymousAsync();
        await anna.Page.GotoAsync("/");
        await anna.Button("Anmelden").WaitForAsync();
        await anna.AssertAccessibleAsync();
        await anna.PictureAsync("sign-in");
        await anna.SignInAsync("anna@hamburg.example");
        await anna.Page.GetByText("Anna").First.WaitForAsync();
        Assert.Equal(0, await anna.Page.EvaluateAsync<int>("[...Object.values(localStorage), ...Object.values(sessionStorage)].filter(value => /eyJ|token/i.test(value)).length"));

        await anna.Button("Abmelden").ClickAsync();
        await anna.Button("Anmelden").WaitForAsync();
        await anna.Page.GotoAsync("/chat");
        await anna.Button("Anmelden").WaitForAsync();
    }

    [Fact]
    public async Task A_platform_that_does_not_answer_is_asked_again_and_nobody_has_to_sign_in_anew()
    {
        await using var anna = await platform.OpenAsync();
        await anna.Page.RouteAsync("**/auth/me", route => route.FulfillAsync(new() { Status = 503 }));

        await anna.Page.ReloadAsync();

        await anna.Page.GetByText("Es wird weiter versucht").WaitForAsync();
        await anna.AssertAccessibleAsync();
        await anna.PictureAsync("platform-silent");
        await anna.Page.UnrouteAsync("**/auth/me");
        await anna.Page.Locator(".composer textarea").WaitForAsync();
    }

    [Fact]
    public async Task A_session_that_ends_keeps_what_was_typed()
    {
        await using var anna = await platform.OpenAsync();
        await anna.Page.Locator(".composer textarea").FillAsync("Ein langer Satz, den niemand zweimal schreiben will.");
        var cookies = await anna.Page.Context.CookiesAsync();
        await anna.Page.Context.ClearCookiesAsync();

        await anna.Button("Senden").ClickAsync();

        await anna.Page.Locator(".banner").GetByText("Sitzung").WaitForAsync();
        await Assertions.Expect(anna.Page.Locator(".composer textarea")).ToHaveValueAsync(new Regex("^Ein langer Satz"));
        await anna.AssertAccessibleAsync();
        await anna.PictureAsync("session-ended");
        await anna.Page.Context.AddCookiesAsync(cookies.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path }));
        await anna.Page.ReloadAsync();
        await anna.Page.Locator(".composer textarea").WaitForAsync();
        Assert.StartsWith("Ein langer Satz", await anna.Page.Locator(".composer textarea").InputValueAsync(), StringComparison.Ordinal);
    }
}
