using System.Diagnostics;
using System.Net;
using LLMoin.ServiceBed;

namespace LLMoin.ServiceTests.Identity;

public sealed class LockoutTests(Servers servers)
{
    [Fact]
    public async Task After_five_failures_even_the_right_password_has_to_wait_but_only_at_that_address()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var guesser = new Browser(identity, address: "198.51.100.1, 198.51.100.66");
        await guesser.GoAsync("/account/login");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await guesser.SubmitAsync("/account/login", ("userName", "emil@musterdorf.example"), ("password", "wrong"));
            Assert.Equal(HttpStatusCode.BadRequest, guesser.Response.StatusCode);
        }
        await guesser.SubmitAsync("/account/login", ("userName", " Emil@Musterdorf.example "), ("password", IdentityUnderTest.Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, guesser.Response.StatusCode);
        Assert.InRange(guesser.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 20, 30);
        Assert.Contains("Zu viele Versuche", guesser.Page, StringComparison.Ordinal);

        // What the client writes in front of the gateway's own entry changes nothing.
        using var disguised = new Browser(identity, address: "192.0.2.1, 198.51.100.66");
        await disguised.GoAsync("/account/login");
        await disguised.SubmitAsync("/account/login", ("userName", "emil@musterdorf.example"), ("password", IdentityUnderTest.Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, disguised.Response.StatusCode);

        using var emil = new Browser(identity, address: "198.51.100.67");
        await emil.GoAsync("/account/login");
        await emil.SubmitAsync("/account/login", ("userName", "emil@musterdorf.example"), ("password", IdentityUnderTest.Password));
        Assert.Equal(HttpStatusCode.Redirect, emil.Response.StatusCode);
    }

    [Fact]
    public async Task Guesses_made_all_at_once_get_no_more_tries()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        using var client = identity.Process.Anonymous();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.99");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => IdentityUnderTest.TokenAsync(
            client, ("grant_type", "password"), ("client_id", "llmoin-cli"), ("username", "nobody@nowhere.example"), ("password", "x"), ("scope", "api"))));
        Assert.Equal(5, answers.Count(answer => answer.GetProperty("error_description").GetString()!.Contains("wrong", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_time_taken_does_not_tell_who_exists()
    {
        var identity = await IdentityUnderTest.DemoAsync(servers);
        var (known, unknown) = (double.MaxValue, double.MaxValue);
        // In turns, and the quickest of each: what else the machine does comes on top.
        for (var attempt = 0; attempt < 8; attempt++)
        {
            known = Math.Min(known, await MillisecondsAsync(identity, "hanna@hamburg.example"));
            unknown = Math.Min(unknown, await MillisecondsAsync(identity, "nobody@hamburg.example"));
        }
        // Checking a password takes tens of milliseconds; not doing so would show as a tenth of it.
        Assert.InRange(unknown / known, 0.5, 2);
    }

    private static async Task<double> MillisecondsAsync(IdentityUnderTest identity, string userName)
    {
        var watch = Stopwatch.StartNew();
        await identity.TokenAsync(("grant_type", "password"), ("client_id", "llmoin-cli"), ("username", userName), ("password", "wrong"), ("scope", "api"));
        return watch.Elapsed.TotalMilliseconds;
    }
}
