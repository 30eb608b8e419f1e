using System.Diagnostics;
using LLMoin.GatewayTests.Bed;
using Microsoft.AspNetCore.Http;

namespace LLMoin.GatewayTests;

/// <summary>
/// What the gateway costs. Run by hand, on a machine that does nothing else:
/// <c>artifacts/bin/GatewayTests/release/LLMoin.GatewayTests -explicit only</c>.
/// </summary>
public sealed class Measurements(ITestOutputHelper output)
{
    private const int WarmUp = 2000;
    private const int Rounds = 5000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Start_time_idle_memory_and_added_time_to_first_byte()
    {
        await using var bed = new Unlimited();
        var start = Stopwatch.StartNew();
        await bed.InitializeAsync();
        var live = start.Elapsed;
        await Task.Delay(2000, Cancellation);
        var idle = bed.Gateway.ResidentBytes;

        bed.Chat.On("/v1/chat/completions", async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: first\n\n");
        });
        using var direct = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{bed.Chat.Http1Port}") };
        using var through = bed.Client(bed.Identity.AddKey(bed.Identity.AddUser()));
        var (directMedian, _) = await FirstByteAsync(direct);
        var (throughMedian, throughLate) = await FirstByteAsync(through);
        output.WriteLine($"live after {live.TotalMilliseconds:F0} ms (with stubs), idle {idle >> 20} MiB, after load {bed.Gateway.ResidentBytes >> 20} MiB");
        output.WriteLine($"first byte p50 direct {directMedian:F2} ms, through the gateway {throughMedian:F2} ms (p99 {throughLate:F2} ms)");
    }

    private sealed class Unlimited : TestBed
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Limits:UserRequestsPerMinute"] = "1000000",
            ["Limits:TenantRequestsPerMinute"] = "1000000",
        };
    }

    private static async Task<(double Median, double P99)> FirstByteAsync(HttpClient client)
    {
        var times = new List<double>(Rounds);
        var buffer = new byte[64];
        for (var i = 0; i < WarmUp + Rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("{\"stream\":true}", null, "application/json") };
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
            Assert.True(await body.ReadAsync(buffer, Cancellation) > 0);
            if (i >= WarmUp)
                times.Add(watch.Elapsed.TotalMilliseconds);
            while (await body.ReadAsync(buffer, Cancellation) > 0)
            {
            }
        }

        times.Sort();
        return (times[times.Count / 2], times[times.Count * 99 / 100]);
    }
}
