using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LLMoin.TestQdrant;

/// <summary>
/// Stands in for Qdrant where there is none: a server in this process that takes the requests that Qdrant 1.15 takes, refuses every
/// other, and keeps its collections in memory. It shows that the platform speaks by the description and does with the answers what it
/// should; that Qdrant itself does as described, only a run against it shows.
/// </summary>
public sealed class StandInQdrant : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly WebApplication _app;
    private readonly Dictionary<string, StandInCollection> _collections = [];
    private readonly Queue<(int Status, string? RetryAfter)> _failures = [];
    private readonly List<SentRequest> _requests = [];
    private readonly string? _key;

    private StandInQdrant(WebApplication app, string? key) => (_app, _key) = (app, key);

    public string Url => _app.Urls.First();

    /// <summary>What has come so far, refused or not.</summary>
    public IReadOnlyList<SentRequest> Requests
    {
        get
        {
            lock (_lock)
                return [.. _requests];
        }
    }

    /// <summary>Payloads of all points that are there.</summary>
    public IReadOnlyList<JsonObject> Payloads
    {
        get
        {
            lock (_lock)
                return [.. _collections.Values.SelectMany(collection => collection.Payloads).Select(payload => payload.DeepClone().AsObject())];
        }
    }

    /// <summary>How long it thinks before each answer.</summary>
    public TimeSpan Delay { get; set; }

    /// <param name="key">Asked of every request but <c>/readyz</c>; none when null.</param>
    /// <param name="port">0 for any.</param>
    public static async Task<StandInQdrant> StartAsync(string? key = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var server = new StandInQdrant(builder.Build(), key);
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>The next requests are answered so, one each.</summary>
    public void Fail(int status, int times = 1, string? retryAfter = null)
    {
        lock (_lock)
        {
            for (var i = 0; i < times; i++)
                _failures.Enqueue((status, retryAfter));
        }
    }

    /// <summary>Loses all it has, as with its disk.</summary>
    public void Forget()
    {
        lock (_lock)
            _collections.Clear();
    }

    /// <summary>Ends at once, connections and all.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        var body = text.Length == 0 ? null : JsonNode.Parse(text);
        await Task.Delay(Delay, context.RequestAborted);
        var (status, result, retryAfter) = Answer(request, body);
        context.Response.StatusCode = status;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        await context.Response.WriteAsJsonAsync(status == 200
            ? new JsonObject { ["usage"] = null, ["time"] = 0.001, ["status"] = "ok", ["result"] = result }
            : new JsonObject { ["time"] = 0.001, ["status"] = new JsonObject { ["error"] = result }, ["result"] = null }, context.RequestAborted);
    }

    private (int Status, JsonNode? Result, string? RetryAfter) Answer(HttpRequest request, JsonNode? body)
    {
        lock (_lock)
        {
            _requests.Add(new SentRequest(request.Method, request.Path + request.QueryString, body, request.Headers["api-key"]));
            if (_failures.TryDequeue(out var failure))
                return (failure.Status, "Service internal error: told to fail", failure.RetryAfter);
            if (_key is not null && request.Path != "/readyz" && request.Headers["api-key"] != _key)
                return (401, "Must provide an API key or an Authorization bearer token", null);
            if (Routes.Find(request.Method, request.Path, request.QueryString.ToString()) is not var (route, names))
                return (404, "Not found", null);
            if (body is not null && request.ContentType != "application/json")
                return (415, "Content type error", null);
            if (Routes.WrongWith(route, body) is { } wrong)
                return (400, $"Format error in JSON body: {wrong}", null);
            try
            {
                var (status, result) = Do(route, names, body);
                return (status, result, null);
            }
            catch (RefusedException refused)
            {
                return (400, refused.Message, null);
            }
        }
    }

    private (int Status, JsonNode? Result) Do(string route, IReadOnlyList<string> names, JsonNode? body)
    {
        if (names.Count == 0)
            return (200, "all shards are ready");
        var there = _collections.GetValueOrDefault(names[0]);
        switch (route)
        {
            case "PUT /collections/{}":
                return _collections.TryAdd(names[0], new StandInCollection(body!)) ? (200, true) : (409, $"Wrong input: Collection `{names[0]}` already exists!");
            case "DELETE /collections/{}":
                return (200, _collections.Remove(names[0]));
            case var _ when there is null:
                return (404, $"Not found: Collection `{names[0]}` doesn't exist!");
            case "GET /collections/{}":
                return (200, there.Info);
            case "GET /collections/{}/points/{}":
                return there.Point(Guid.Parse(names[1])) is { } point ? (200, point) : (404, $"Not found: Point with id {names[1]} does not exists!");
            case "PUT /collections/{}/index?wait=true":
                there.Indexes[(string)body!["field_name"]!] = body["field_schema"]!.DeepClone();
                break;
            case "PUT /collections/{}/points?wait=true":
                there.Upsert(body!);
                break;
            case "POST /collections/{}/points/payload?wait=true":
                there.SetPayload(body!);
                break;
            case "POST /collections/{}/points/delete?wait=true":
                there.Delete(body!);
                break;
            case "POST /collections/{}/points/count":
                return (200, new JsonObject { ["count"] = there.Count(body!) });
            case "POST /collections/{}/points/query":
                return (200, new JsonObject { ["points"] = there.Query(body!) });
        }

        return (200, new JsonObject { ["operation_id"] = 1, ["status"] = "completed" });
    }
}

/// <param name="Path">With its query string.</param>
public sealed record SentRequest(string Method, string Path, JsonNode? Body, string? Key);
