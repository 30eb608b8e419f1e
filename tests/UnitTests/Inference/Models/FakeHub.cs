using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LLMoin.UnitTests.Inference.Models;

/// <summary>What a hub was asked.</summary>
internal sealed record HubRequest(string Path, string? Range, string? IfRange, string? Authorization);

/// <summary>A hub on loopback that serves one content under every path, as Hugging Face does it or as it goes wrong.</summary>
internal sealed class FakeHub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _status = 200;

    private FakeHub(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public byte[] Content { get; set; } = [];

    public string? ETag { get; set; } = "\"v1\"";

    /// <summary>What <c>X-Linked-Etag</c> claims; no header where null.</summary>
    public string? ClaimedSha256 { get; set; }

    /// <summary>The size it claims, if not the real one.</summary>
    public long? ClaimedSize { get; set; }

    /// <summary>The next answers' bodies break off after so many bytes each.</summary>
    public ConcurrentQueue<int> Cuts { get; } = [];

    /// <summary>What happens when an answer breaks off, before anybody can ask again.</summary>
    public Action? AtTheCut { get; set; }

    /// <summary>Every request is sent on there.</summary>
    public Uri? RedirectTo { get; set; }

    /// <summary>What it does in mid-answer, after half of the content.</summary>
    public Func<Task>? InTheMiddle { get; set; }

    public ConcurrentQueue<HubRequest> Requests { get; } = [];

    public static async Task<FakeHub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var hub = new FakeHub(builder.Build());
        hub._app.Run(hub.AnswerAsync);
        await hub._app.StartAsync();
        return hub;
    }

    public void AnswerWith(int status) => _status = status;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        Requests.Enqueue(new HubRequest(request.Path, Header("Range"), Header("If-Range"), Header("Authorization")));
        if (ClaimedSha256 is not null)
            response.Headers["X-Linked-Etag"] = $"\"{ClaimedSha256}\"";
        if (RedirectTo is not null || _status != 200)
        {
            response.StatusCode = RedirectTo is null ? _status : 302;
            response.Headers.Location = RedirectTo is null ? default : new Uri(RedirectTo, "/blobs/1?signature=x").AbsoluteUri;
            return;
        }
        var (from, to) = Range(Header("Range"), Header("If-Range"));
        response.Headers.ETag = ETag;
        response.ContentLength = to - from;
        if (Header("Range") is not null && (Header("If-Range") ?? ETag) == ETag)
        {
            response.StatusCode = 206;
            response.Headers.ContentRange = $"bytes {from}-{to - 1}/{ClaimedSize ?? Content.Length}";
        }
        await WriteAsync(response, Content.AsMemory(from, to - from));

        string? Header(string name) => request.Headers[name].SingleOrDefault();
    }

    private async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> body)
    {
        if (body.Length > 1 && Cuts.TryDequeue(out var cut))
        {
            AtTheCut?.Invoke();
            // After less than it announced the server closes the connection, but not before all of it is sent.
            await response.Body.WriteAsync(body[..cut]);
            return;
        }
        if (body.Length > 1 && InTheMiddle is not null)
        {
            await response.Body.WriteAsync(body[..(body.Length / 2)]);
            await response.Body.FlushAsync();
            await InTheMiddle();
            body = body[(body.Length / 2)..];
        }
        await response.Body.WriteAsync(body);
    }

    private (int From, int To) Range(string? range, string? ifRange)
    {
        if (range is null || (ifRange ?? ETag) != ETag)
            return (0, Content.Length);
        var bounds = range["bytes=".Length..].Split('-');
        var to = bounds[1].Length > 0 ? int.Parse(bounds[1], CultureInfo.InvariantCulture) + 1 : Content.Length;
        return (int.Parse(bounds[0], CultureInfo.InvariantCulture), to);
    }
}
