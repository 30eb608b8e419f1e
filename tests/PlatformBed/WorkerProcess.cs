using System.Globalization;
using System.Security.Cryptography;
using LLMoin.Hosting;

namespace LLMoin.PlatformBed;

/// <summary>An inference worker beside the platform's own.</summary>
public sealed class WorkerProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private bool _disposed;

    private WorkerProcess(ChildProcess process) => _process = process;

    public int ProcessId => _process.Pid;

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _process.DisposeAsync();
    }

    internal static async Task<WorkerProcess> StartAsync(string messaging, string engine, int slots)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ReservedPort.Free()}");
        // It answers health probes only, which need no identity; any well-formed key lets it start.
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var process = ChildProcess.Start(Executables.Path("Inference"), [], static _ => { }, new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = address,
            ["ASPNETCORE_ENVIRONMENT"] = "Testing",
            ["ConnectionStrings__messaging"] = messaging,
            ["Inference__Engine"] = engine,
            ["Inference__Slots"] = slots.ToString(CultureInfo.InvariantCulture),
            ["Internal__VerificationKey"] = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()),
        });

        using var probe = new HttpClient { BaseAddress = new Uri(address) };
        for (var attempt = 0; attempt < 300 && !process.Exited.IsCompleted; attempt++)
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
        await process.DisposeAsync();
        throw new InvalidOperationException("The worker did not start.");
    }
}
