using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Reading.Isolation;

/// <summary>Reads documents, each in a process of its own with limited time and memory (see <see cref="ReadCommand"/>).</summary>
internal sealed partial class ReadingProcess(IOptions<ReadingOptions> options, ILogger<ReadingProcess> logger) : IDisposable
{
    /// <summary>Bytes of an answer beside its text; notes on unread parts and blocks are some.</summary>
    private const long AnswerOverhead = 64 << 20;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly string[] PassedOn = ["PATH", "HOME", "TMPDIR", "LANG", "DOTNET_ROOT", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "TESSDATA_PREFIX", "LLMOIN_RUN"];

    private readonly SemaphoreSlim _slots = new(options.Value.Parallel);

    /// <param name="file">The whole file.</param>
    /// <param name="name">Its name.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<ReadingOutcome> ReadAsync(byte[] file, string name, IProgress<ReadingProgress>? progress, CancellationToken cancellation)
    {
        var request = new ReadingRequest(name, options.Value);
        if (FileFormats.Of(file, name, out _)?.IsPlainText() == true)
            return ReadCommand.Read(file, request, progress);

        await _slots.WaitAsync(cancellation);
        try
        {
            return await ReadElsewhereAsync(file, request, progress, cancellation);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task<ReadingOutcome> ReadElsewhereAsync(byte[] file, ReadingRequest request, IProgress<ReadingProgress>? progress, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(request.Options.Seconds) + Grace);
        using var process = Start();
        try
        {
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            await SendAsync(process.StandardInput.BaseStream, file, request, limit.Token);
            await ProgressPipe.CopyAsync(process.StandardOutput.BaseStream, progress, limit.Token);
            var answer = await ReceiveAsync(process.StandardOutput.BaseStream, request.Options, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode == 0)
                return JsonSerializer.Deserialize(answer.Span, ReadingJson.Default.ReadingOutcome)!;
            LogDied(process.ExitCode);
            return ReadingOutcome.Failed(ReadingReason.TooComplex);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ReadingOutcome.Failed(ReadingReason.TooSlow);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Without the service's environment: its connection strings are no business of a process that may have been taken over.</summary>
    private Process Start()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "LLMoin.Retrieval"), [ReadCommand.Name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var name in PassedOn)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = (options.Value.MemoryMegabytes * 1_000_000L).ToString("x", CultureInfo.InvariantCulture);
        // It lives for one document: start quickly.
        start.Environment["DOTNET_TC_QuickJitForLoops"] = "1";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return Process.Start(start)!;
    }

    private static async Task SendAsync(Stream input, byte[] file, ReadingRequest request, CancellationToken cancellation)
    {
        try
        {
            var header = JsonSerializer.SerializeToUtf8Bytes(request, ReadingJson.Default.ReadingRequest);
            await input.WriteAsync(BitConverter.GetBytes(header.Length), cancellation);
            await input.WriteAsync(header, cancellation);
            await input.WriteAsync(file, cancellation);
            input.Close();
        }
        catch (IOException)
        {
            // It died before it had read everything; its exit code says the rest.
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReceiveAsync(Stream output, ReadingOptions options, CancellationToken cancellation)
    {
        var most = (6L * options.MaxCharacters) + AnswerOverhead;
        var answer = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await output.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            if (answer.Length + read > most)
                throw new InvalidDataException("The reading process answers more than it may.");
            answer.Write(buffer, 0, read);
        }

        return answer.GetBuffer().AsMemory(0, (int)answer.Length);
    }

    [LoggerMessage(LogLevel.Warning, "A reading process ended with code {Code}")]
    private partial void LogDied(int code);
}
