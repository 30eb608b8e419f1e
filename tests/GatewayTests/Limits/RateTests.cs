using System.Diagnostics;
using System.Net;
using LLMoin.GatewayTests.Bed;

namespace LLMoin.GatewayTests.Limits;

public sealed class RateTests(RateTests.Bed bed) : IClassFixture<RateTests.Bed>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_the_time_that_Retry_After_names_a_request_is_admitted_again()
    {
        using var client = bed.Client(bed.Identity.AddKey(bed.Identity.AddUser()));
        TimeSpan? wait = null;
        for (var i = 0; i < 40 && wait is null; i++)
        {
            using var response = await client.GetAsync("/v1/models", Cancellation);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                wait = response.Headers.RetryAfter?.Delta;
        }

        // 30 a minute: a token every two seconds.
        Assert.NotNull(wait);
        Assert.InRange(wait.Value.TotalSeconds, 1, 2);
        await Task.Delay(wait.Value, Cancellation);
        using var admitted = await client.GetAsync("/v1/models", Cancellation);
        Assert.Equal(HttpStatusCode.OK, admitted.StatusCode);
    }

    [Fact]
    public async Task A_tenants_limit_binds_its_users_together_and_no_other_tenant()
    {
        var refused = 0;
        var watch = Stopwatch.StartNew();
        for (var user = 0; user < 3; user++)
        {
            using var client = bed.Client(bed.Identity.AddKey(bed.Identity.AddUser("bremen")));
            for (var i = 0; i < 25; i++)
            {
                using var response = await client.GetAsync("/v1/models", Cancellation);
                refused += response.StatusCode == HttpStatusCode.TooManyRequests ? 1 : 0;
            }
        }

        // Of 75 requests 60 are free at once, and one more with each second.
        Assert.InRange(refused, 15 - (int)Math.Ceiling(watch.Elapsed.TotalSeconds), 15);
        using var other = bed.Client(bed.Identity.AddKey(bed.Identity.AddUser("buxtehude")));
        using var admitted = await other.GetAsync("/v1/models", Cancellation);
        Assert.Equal(HttpStatusCode.OK, admitted.StatusCode);
    }

    [Fact]
    public async Task Guessing_passwords_is_slow()
    {
        using var client = bed.Client();
        HttpResponseMessage? last = null;
        for (var i = 0; i < 6; i++)
        {
            last?.Dispose();
            using var form = new FormUrlEncodedContent([new("password", "guess" + i)]);
            last = await client.PostAsync("/account/login", form, Cancellation);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last!.StatusCode);
        Assert.InRange(last.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 12);
        last.Dispose();
    }

    public sealed class Bed : TestBed
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Limits:UserRequestsPerMinute"] = "30",
            ["Limits:TenantRequestsPerMinute"] = "60",
            ["Limits:SignInAttemptsPerMinute"] = "5",
        };
    }
}
