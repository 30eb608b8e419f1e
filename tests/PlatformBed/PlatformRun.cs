using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using LLMoin.Hosting;

namespace LLMoin.PlatformBed;

/// <summary>The whole platform, started as <c>./run</c> starts it, with data of its own that go with it.</summary>
public sealed class PlatformRun : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly ChildProcess _runner;
    private readonly List<WorkerProcess> _workers = [];

    private PlatformRun(ChildProcess runner, string data)
    {
        _runner = runner;
        Data = data;
    }

    /// <summary>What <c>.llmoin</c> is for a person.</summary>
    public string Data { get; }

    public Uri Gateway => new(State.RootElement.GetProperty("gatewayUrl").GetString()!);

    public string Messaging => Connection("messaging");

    /// <summary>Of a superuser of all databases.</summary>
    public string Postgres => Connection("postgres");

    public int RunnerPid => _runner.Pid;

    /// <summary>All processes of this run: the runner's descendants.</summary>
    public IReadOnlyList<int> ProcessIds => ProcessTree.Of(_runner.Pid);

    private JsonDocument State => JsonDocument.Parse(File.ReadAllText(Path.Combine(Data, "state.json")));

    /// <param name="settings">Environment of the runner and, as it passes them on, of all services: <c>Section__Key</c>.</param>
    public static async Task<PlatformRun> StartAsync(params (string Key, string Value)[] settings)
    {
        var data = Path.Combine(Path.GetTempPath(), $"llmoin-platform-{Guid.NewGuid():n}");
        Directory.CreateDirectory(data);
        var run = new PlatformRun(Start(data, settings), data);
        try
        {
            await run.WaitReadyAsync();
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of the gateway with the token of a demo user.</summary>
    public async Task<HttpClient> SignInAsync(string userName)
    {
        var client = Anonymous();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["client_id"] = "llmoin-cli",
            ["scope"] = "api",
            ["username"] = userName,
            ["password"] = "llmoin-demo",
        });
        using var response = await client.PostAsync("/connect/token", form);
        var body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{userName} could not sign in: {body}");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", JsonDocument.Parse(body).RootElement.GetProperty("access_token").GetString());
        return client;
    }

    public HttpClient Anonymous() => new(new SocketsHttpHandler { MaxConnectionsPerServer = 2000 }) { BaseAddress = Gateway, Timeout = TimeSpan.FromMinutes(20) };

    /// <summary>One more inference worker beside those of the platform, e.g. with the replay engine.</summary>
    public async Task<WorkerProcess> StartWorkerAsync(string engine, int slots)
    {
        var worker = await WorkerProcess.StartAsync(Messaging, engine, slots);
        _workers.Add(worker);
        return worker;
    }

    /// <summary>Kills a process of the platform as a power cut would; the runner starts it again.</summary>
    public void Kill(string resource)
    {
        ChildProcess.Send(Resource(resource).GetProperty("pid").GetInt32(), Signal.Kill);
    }

    /// <summary>starting, ready, restarting, failed, stopped.</summary>
    public string StateOf(string resource) => Resource(resource).GetProperty("state").GetString()!;

    public int RestartsOf(string resource) => Resource(resource).GetProperty("restarts").GetInt32();

    /// <summary>The end of a service's log, for the message of a failed test.</summary>
    public string Log(string resource) => File.ReadAllText(Path.Combine(Data, "logs", resource + ".log"));

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await worker.DisposeAsync();
        // The runner needs longer than a service to stop everything in order.
        ChildProcess.Send(_runner.Pid, Signal.Terminate);
        await Task.WhenAny(_runner.Exited, Task.Delay(TimeSpan.FromSeconds(60)));
        await _runner.DisposeAsync();
        Directory.Delete(Data, recursive: true);
    }

    private static ChildProcess Start(string data, (string Key, string Value)[] settings)
        => ChildProcess.Start(Executables.Path("AppHost"), ["--port", "0"], static _ => { },
            settings.Append(("LLMOIN_DATA", data)).ToDictionary(setting => setting.Item1, setting => (string?)setting.Item2));

    private async Task WaitReadyAsync()
    {
        var limit = Stopwatch.StartNew();
        while (limit.Elapsed < StartLimit)
        {
            if (_runner.Exited.IsCompleted)
                throw new InvalidOperationException($"The platform ended while starting; logs are in {Data}/logs.");
            if (File.Exists(Path.Combine(Data, "state.json")) && State.RootElement.GetProperty("ready").GetBoolean())
                return;
            await Task.Delay(100);
        }
        throw new TimeoutException($"The platform was not ready after {StartLimit}.");
    }

    private string Connection(string name) => State.RootElement.GetProperty("connectionStrings").GetProperty(name).GetString()!;

    private JsonElement Resource(string name)
        => State.RootElement.GetProperty("resources").EnumerateArray().First(resource => resource.GetProperty("name").GetString() == name);
}
