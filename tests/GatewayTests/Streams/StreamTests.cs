using System.Diagnostics;
using System.Net;
using LLMoin.GatewayTests.Bed;
using Microsoft.AspNetCore.Http;

namespace LLMoin.GatewayTests.Streams;

public sealed class StreamTests(StreamTests.Bed bed) : IClassFixture<StreamTests.Bed>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chunk_reaches_the_reader_before_the_next_one_is_made()
    {
        var next = new TaskCompletionSource();
        bed.Chat.On("/v1/chat/completions", async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: one\n\n");
            await context.Response.Body.FlushAsync();
            await next.Task;
            await context.Response.WriteAsync("data: two\n\ndata: [DONE]\n\n");
        });
        using var client = bed.UserClient();
        using var response = await GenerateAsync(client);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));

        Assert.Equal("data: one", await reader.ReadLineAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
        next.SetResult();
        Assert.Equal("\ndata: two\n\ndata: [DONE]\n\n", await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task A_reader_who_leaves_is_noticed_by_the_service_and_frees_the_slot()
    {
        var user = bed.Identity.AddUser();
        using var client = bed.Client(bed.Identity.AddKey(user));
        var (held, noticed) = await HoldAsync(client);
        using (var refused = await GenerateAsync(client))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.True(refused.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
            Assert.Contains("rate_limit_error", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        held.Dispose();
        await noticed.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        bed.Chat.On("/v1/chat/completions", context => context.Response.WriteAsync("{}"));
        var limit = Stopwatch.StartNew();
        while (true)
        {
            using var response = await GenerateAsync(client);
            if (response.IsSuccessStatusCode)
                break;
            Assert.True(limit.Elapsed < TimeSpan.FromSeconds(30), "The slot was not freed.");
            await Task.Delay(20, Cancellation);
        }
    }

    [Fact]
    public async Task One_users_full_slots_leave_other_users_alone_until_the_tenants_are_full()
    {
        using var anna = bed.Client(bed.Identity.AddKey(bed.Identity.AddUser("bremen")));
        using var bert = bed.Client(bed.Identity.AddKey(bed.Identity.AddUser("bremen")));
        using var cora = bed.Client(bed.Identity.AddKey(bed.Identity.AddUser("bremen")));
        using var dora = bed.Client(bed.Identity.AddKey(bed.Identity.AddUser("hamburg")));
        var (first, _) = await HoldAsync(anna);
        var (second, _) = await HoldAsync(bert);
        using (var third = await GenerateAsync(cora))
            Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        var (other, _) = await HoldAsync(dora);
        // Other requests need no slot.
        using (var models = await cora.GetAsync("/v1/models", Cancellation))
            Assert.Equal(HttpStatusCode.OK, models.StatusCode);
        first.Dispose();
        second.Dispose();
        other.Dispose();
    }

    [Fact]
    public async Task An_error_before_the_first_chunk_keeps_its_status_and_body()
    {
        bed.Chat.On("/v1/chat/completions", async context =>
        {
            context.Response.StatusCode = 404;
            context.Response.Headers["x-should-retry"] = "false";
            await context.Response.WriteAsJsonAsync(new { error = new { message = "no such model", type = "not_found_error", code = "model_not_found", param = "model" } });
        });
        using var client = bed.UserClient();
        using var response = await GenerateAsync(client);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("false", Assert.Single(response.Headers.GetValues("x-should-retry")));
        Assert.Contains("model_not_found", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_dies_in_the_middle_breaks_the_answer_off_audibly()
    {
        var read = new TaskCompletionSource();
        bed.Chat.On("/v1/chat/completions", async context =>
        {
            await context.Response.WriteAsync("data: half\n\n");
            await context.Response.Body.FlushAsync();
            await read.Task;
            context.Abort();
        });
        using var client = bed.UserClient();
        using var response = await GenerateAsync(client);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal("data: half", await reader.ReadLineAsync(Cancellation));
        read.SetResult();
        await Assert.ThrowsAnyAsync<IOException>(() => reader.ReadToEndAsync(Cancellation));
    }

    private static Task<HttpResponseMessage> GenerateAsync(HttpClient client)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("{\"stream\":true}", null, "application/json") };
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }

    /// <summary>A stream that goes on until its reader leaves; the task ends when the service has noticed.</summary>
    private async Task<(HttpResponseMessage Stream, Task Noticed)> HoldAsync(HttpClient client)
    {
        var noticed = new TaskCompletionSource();
        bed.Chat.On("/v1/chat/completions", async context =>
        {
            await context.Response.WriteAsync(": waiting\n\n");
            await context.Response.Body.FlushAsync();
            await using var registration = context.RequestAborted.Register(() => noticed.TrySetResult());
            await noticed.Task;
        });
        var stream = await GenerateAsync(client);
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        return (stream, noticed.Task);
    }

    public sealed class Bed : TestBed
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Limits:UserConcurrentGenerations"] = "1",
            ["Limits:TenantConcurrentGenerations"] = "2",
        };

        public HttpClient UserClient() => Client(Identity.AddKey(Identity.AddUser("buxtehude")));
    }
}
