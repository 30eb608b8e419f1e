using System.Diagnostics;
using System.Net;
using System.Text;

namespace LLMoin.GatewayTests.Bed;

/// <summary>The gateway as the operator runs it: its own process, found in the build output.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    private readonly StringBuilder _log = new();
    private readonly Process _process;

    private GatewayProcess(Uri address, IReadOnlyDictionary<string, string> settings)
    {
        Address = address;
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var folder = Path.Combine(output.Parent!.Parent!.FullName, "Gateway", output.Name);
        var start = new ProcessStartInfo(Path.Combine(folder, "LLMoin.Gateway")) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public bool IsRunning => !_process.HasExited;

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    public static async Task<GatewayProcess> StartAsync(Uri address, IReadOnlyDictionary<string, string> settings)
    {
        var gateway = new GatewayProcess(address, settings);
        using var client = new HttpClient { BaseAddress = address };
        var limit = Stopwatch.StartNew();
        while (limit.Elapsed < TimeSpan.FromSeconds(60))
        {
            if (!gateway.IsRunning)
                throw new InvalidOperationException("The gateway ended while starting:\n" + gateway.Log);
            try
            {
                if ((await client.GetAsync("/health/live")).StatusCode == HttpStatusCode.OK)
                    return gateway;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("The gateway was not live after 60 s:\n" + gateway.Log);
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Append(string? line)
    {
        if (line is null)
            return;
        lock (_log)
            _log.AppendLine(line);
    }
}
