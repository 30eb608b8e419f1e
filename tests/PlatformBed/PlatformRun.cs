using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace LLMoin.PlatformBed;

/// <summary>The whole platform, started as <c>./run</c> starts it, with data of its own that go with it.</summary>
public sealed class PlatformRun : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly Process _runner;
    private readonly List<WorkerProcess> _workers = [];

    private PlatformRun(Process runner, string data)
    {
        _runner = runner;
        Data = data;
    }

    /// <summary>What <c>.llmoin</c> is for a person.</summary>
    public string Data { get; }

    public Uri Gateway => new(State.RootElement.GetProperty("gatewayUrl").GetString()!);

    public string Messaging => Connection("messaging");

    public int RunnerPid => _runner.Id;

    /// <summary>All processes of this run: the runner's descendants.</summary>
    public IReadOnlyList<int> ProcessIds => ProcessTree.Of(_runner.Id);

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

    public HttpClient Anonymous() => new(new SocketsHttpHandler { MaxConnectionsPerServer = 2000 }) { BaseAddress = Gateway, Timeout = TimeSpan.FromMinutes(2) };

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
        using var process = Process.GetProcessById(Resource(resource).GetProperty("pid").GetInt32());
        process.Kill(entireProcessTree: true);
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
        Signal.Terminate(_runner.Id);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _runner.WaitForExitAsync(limit.Token);
        _runner.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    private static Process Start(string data, (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo(Executables.Path("AppHost"), ["--port", "0"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LLMOIN_DATA"] = data;
        foreach (var (key, value) in settings)
            start.Environment[key] = value;
        var runner = Process.Start(start)!;
        runner.OutputDataReceived += static (_, _) => { };
        runner.ErrorDataReceived += static (_, _) => { };
        runner.BeginOutputReadLine();
        runner.BeginErrorReadLine();
        return runner;
    }

    private async Task WaitReadyAsync()
    {
        var limit = Stopwatch.StartNew();
        while (limit.Elapsed < StartLimit)
        {
            if (_runner.HasExited)
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

/// <summary>An inference worker beside the platform's own.</summary>
public sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    public int ProcessId => _process.Id;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    internal static async Task<WorkerProcess> StartAsync(string messaging, string engine, int slots)
    {
        var port = Executables.FreePort();
        var start = new ProcessStartInfo(Executables.Path("Inference")) { RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Testing";
        start.Environment["ConnectionStrings__messaging"] = messaging;
        start.Environment["Inference__Engine"] = engine;
        start.Environment["Inference__Slots"] = slots.ToString(CultureInfo.InvariantCulture);
        // It answers health probes only, which need no identity; any well-formed key lets it start.
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        start.Environment["Internal__VerificationKey"] = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();

        using var probe = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        for (var attempt = 0; attempt < 300 && !process.HasExited; attempt++)
        {
            try
            {
                if ((await probe.GetAsync("/health/ready")).IsSuccessStatusCode)
                    return new WorkerProcess(process);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(100);
        }
        throw new InvalidOperationException("The worker did not start.");
    }
}
