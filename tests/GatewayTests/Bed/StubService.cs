using System.Collections.Concurrent;
using System.Net;
using LLMoin.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace LLMoin.GatewayTests.Bed;

/// <summary>What a service saw of a request.</summary>
public sealed record Seen(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Protocol);

/// <summary>A service as the gateway sees one: HTTP/1.1 on one port, cleartext HTTP/2 on another, answering what the test says.</summary>
public class StubService : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = new(StringComparer.Ordinal);
    private WebApplication? _app;

    public int Http1Port { get; } = ReservedPort.Free();

    public int Http2Port { get; } = ReservedPort.Free();

    public ConcurrentQueue<Seen> Requests { get; } = [];

    /// <summary>Answers <paramref name="path"/> that way from now on; other paths echo nothing but 200.</summary>
    public void On(string path, RequestDelegate answer) => _answers[path] = answer;

    /// <summary>The request with that <c>x-test</c> header.</summary>
    public Seen Find(string mark) => Requests.Single(request => request.Headers.GetValueOrDefault("x-test") == mark);

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, Http1Port, options => options.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, Http2Port, options => options.Protocols = HttpProtocols.Http2);
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
    }

    /// <summary>Closes its connections in order, so that who had one can see it: nothing that was sent is answered by a reset.</summary>
    public async Task CloseAsync()
    {
        await _app!.StopAsync();
        await StopAsync();
    }

    public async Task StopAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _app = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        GC.SuppressFinalize(this);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Requests.Enqueue(new Seen(context.Request.Method, context.Request.Path,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), context.Request.Protocol));
        if (_answers.TryGetValue(context.Request.Path, out var answer))
        {
            await answer(context);
            return;
        }

        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        await context.Response.WriteAsJsonAsync(new { path = context.Request.Path.Value, received = body.Length, port = context.Connection.LocalPort });
    }
}
