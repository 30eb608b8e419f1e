using System.Net;
using LLMoin.GatewayTests.Bed;

namespace LLMoin.GatewayTests.Failures;

public sealed class IdentityDownTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_identity_service_nobody_passes_and_nobody_is_called_wrong()
    {
        await using var bed = new TestBed();
        await bed.InitializeAsync();
        var user = bed.Identity.AddUser();
        var token = bed.Identity.Token(user);
        using var browser = await bed.BrowserAsync(user, Cancellation);
        using var anyone = bed.Client();
        using (var ready = await anyone.GetAsync("/health/ready", Cancellation))
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);

        await bed.Identity.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(5.1), Cancellation);
        using var withKey = bed.Client(bed.Identity.AddKey(user));
        using var withToken = bed.Client(token);
        foreach (var client in new[] { withKey, withToken, browser })
        {
            using var response = await client.GetAsync("/v1/models", Cancellation);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
        }

        using (var ready = await anyone.GetAsync("/health/ready", Cancellation))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        using (var live = await anyone.GetAsync("/health/live", Cancellation))
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);

        await bed.Identity.StartAsync();
        using (var back = await browser.GetAsync("/v1/models", Cancellation))
            Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }
}
