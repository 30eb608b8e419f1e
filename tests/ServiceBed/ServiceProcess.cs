using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using LLMoin.Hosting;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.ServiceBed;

/// <summary>One service as the operator runs it: its own process, found in the build output.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Servers _servers;
    private readonly (string Key, string Value)[] _settings;
    private readonly StringBuilder _log = new();
    private ChildProcess _process;
    private bool _disposed;

    private ServiceProcess(string name, Servers servers, (string Key, string Value)[] settings, Uri address)
    {
        Name = name;
        Address = address;
        _servers = servers;
        _settings = settings;
        _process = Start();
    }

    public string Name { get; }

    /// <summary>Its HTTP/1.1 listener.</summary>
    public Uri Address { get; }

    public int ProcessId => _process.Pid;

    /// <summary>What it has written so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>The value it was started with, e.g. its connection string.</summary>
    public string Setting(string key) => _settings.Last(setting => setting.Key == key).Value;

    /// <summary>A client each of whose requests carries what the gateway would have signed for this caller.</summary>
    public HttpClient ClientFor(string tenant, string user, params string[] roles) => ClientFor(new Caller(tenant, user, user, roles.ToHashSet(), null));

    public HttpClient ClientFor(Caller caller) => Client(new Signing(_servers.Signer, caller));

    /// <summary>By which services read for this caller, as the gateway signs it.</summary>
    public string DelegationOf(Caller caller) => _servers.Signer.SignDelegation(caller);

    public HttpClient Anonymous() => Client(Handler());

    /// <summary>As a power cut would.</summary>
    public Task KillAsync() => EndAsync(Signal.Kill);

    /// <summary>As an operator would: SIGTERM, and time to hand things over.</summary>
    public Task TerminateAsync() => EndAsync(Signal.Terminate);

    /// <summary>Starts it again with the same settings, database and port.</summary>
    public async Task RestartAsync()
    {
        await _process.DisposeAsync();
        _process = Start();
        await WaitReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (!_process.Exited.IsCompleted)
            await KillAsync();
        await _process.DisposeAsync();
    }

    internal static async Task<ServiceProcess> StartAsync(string name, Servers servers, (string Key, string Value)[] settings)
    {
        var service = new ServiceProcess(name, servers, settings, new Uri($"http://127.0.0.1:{ReservedPort.Free()}"));
        await service.WaitReadyAsync();
        return service;
    }

    private async Task EndAsync(Signal signal)
    {
        ChildProcess.Send(_process.Pid, signal);
        await _process.Exited.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private ChildProcess Start()
    {
        // artifacts/bin/ServiceTests/release/ → artifacts/bin/{Name}/release/
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var folder = Path.Combine(output.Parent!.Parent!.FullName, Name, output.Name);
        // The last of several values counts.
        var environment = _settings.Append(("ASPNETCORE_URLS", Address.ToString())).GroupBy(setting => setting.Item1).ToDictionary(same => same.Key, same => (string?)same.Last().Item2);
        return ChildProcess.Start(Path.Combine(folder, "LLMoin." + Name), [], Append, environment, folder);
    }

    private async Task WaitReadyAsync()
    {
        using var client = Anonymous();
        var limit = Stopwatch.StartNew();
        while (limit.Elapsed < StartLimit)
        {
            if (_process.Exited.IsCompleted)
                throw new InvalidOperationException($"{Name} ended while starting:\n{Log}");
            try
            {
                if ((await client.GetAsync("/health/ready")).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(100);
        }
        throw new TimeoutException($"{Name} was not ready after {StartLimit.TotalSeconds} s:\n{Log}");
    }

    private void Append(string line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
            if (Environment.GetEnvironmentVariable("LLMOIN_TEST_LOGS") is { Length: > 0 } folder)
                File.AppendAllText(Path.Combine(folder, $"{Name}.log"), line + "\n");
        }
    }

    /// <summary>Whoever leaves a stream is gone at once, as a browser is, and does not read on for two seconds in the hope of using the connection again.</summary>
    private static SocketsHttpHandler Handler() => new() { ResponseDrainTimeout = TimeSpan.Zero };

    private HttpClient Client(HttpMessageHandler handler) => new(handler) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };

    private sealed class Signing(InternalTokenSigner signer, Caller caller) : DelegatingHandler(Handler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization ??= new AuthenticationHeaderValue("Bearer", signer.Sign(caller));
            if (!request.Headers.Contains(Delegation.Header))
                request.Headers.Add(Delegation.Header, signer.SignDelegation(caller));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
