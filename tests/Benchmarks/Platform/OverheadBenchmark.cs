using System.Globalization;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Engines.Replay;
using LLMoin.PlatformBed;

namespace LLMoin.Benchmarks.Platform;

/// <summary>
/// What the platform adds to an answer over calling the engine in-process: the same scripted answers, once from the engine, once
/// through gateway, chat, broker and worker. The difference of the two is the platform's.
/// </summary>
internal static class OverheadBenchmark
{
    private const double Rate = 50;

    /// <summary>Streams at once, tokens of each, and how often; starts are spread over a second, as people's are.</summary>
    private static readonly (int Streams, int Tokens, int Rounds)[] Loads = [(1, 20, 60), (16, 100, 6), (128, 100, 2)];

    public static async Task RunAsync()
    {
        Console.Error.WriteLine("Starting the platform ...");
        await using var platform = await PlatformStreams.StartAsync();
        await using var worker = await platform.StartWorkerAsync("replay", slots: 1024);
        using var client = await platform.SignInAsync("anna@hamburg.example");
        await WaitForModelAsync(client);

        Console.Error.WriteLine("Warming up ...");
        await LoadAsync(32, () => PlatformStreams.ReadAsync(client, 40, Rate));
        await LoadAsync(1, () => PlatformStreams.ReadAsync(client, 20, Rate));
        for (var i = 0; i < 100; i++)
            await PlatformStreams.ReadAsync(client, 1, Rate);

        Console.WriteLine($"{Environment.ProcessorCount} cores, {DateTime.UtcNow:yyyy-MM-dd}; {Rate:0} tokens/s a stream; all times in ms");
        Console.WriteLine();
        Console.WriteLine("| streams | | first token p50 | p99 | token delay p50 | p99 | CPU ms per 1,000 tokens |");
        Console.WriteLine("| ---: | --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var (streams, tokens, rounds) in Loads)
        {
            Console.Error.WriteLine($"{streams} streams ...");
            var engine = await MeasureAsync(streams, rounds, () => ReadEngineAsync(tokens), [Environment.ProcessId]);
            var through = await MeasureAsync(streams, rounds, () => PlatformStreams.ReadAsync(client, tokens, Rate), [.. platform.ProcessIds, worker.ProcessId]);
            Print(streams, "engine alone", engine);
            Print(streams, "platform", through);
            Print(streams, "**added**", new Figures(
                through.FirstP50 - engine.FirstP50, through.FirstP99 - engine.FirstP99, through.TokenP50 - engine.TokenP50, through.TokenP99 - engine.TokenP99,
                through.Tokens, through.CpuSeconds - engine.CpuSeconds));
        }
    }

    internal static async Task WaitForModelAsync(HttpClient client)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if ((await client.GetStringAsync("/v1/models")).Contains("\"replay\"", StringComparison.Ordinal))
                return;
            await Task.Delay(100);
        }
        throw new TimeoutException("The replay worker has not announced its model.");
    }

    private static async Task<Figures> MeasureAsync(int streams, int rounds, Func<Task<StreamTimes>> read, IReadOnlyList<int> processes)
    {
        var times = new List<StreamTimes>();
        var before = processes.Sum(ProcessTree.CpuSeconds);
        for (var round = 0; round < rounds; round++)
            times.AddRange(await LoadAsync(streams, read));
        return Figures.Of(times, processes.Sum(ProcessTree.CpuSeconds) - before);
    }

    private static Task<StreamTimes[]> LoadAsync(int streams, Func<Task<StreamTimes>> read)
        => Task.WhenAll(Enumerable.Range(0, streams).Select(async n =>
        {
            await Task.Delay(TimeSpan.FromSeconds((double)n / streams));
            return await read();
        }));

    private static async Task<StreamTimes> ReadEngineAsync(int tokens)
    {
        var request = new GenerationRequest
        {
            AnswerId = Guid.CreateVersion7(),
            Attempt = 1,
            Tenant = "benchmark",
            Model = "replay",
            Deadline = DateTimeOffset.MaxValue,
            Messages = [new PromptMessage("user", FormattableString.Invariant($"replay tokens={tokens} rate={Rate}"))],
        };
        var times = new StreamTimes(Rate);
        await foreach (var piece in new ReplayEngine().GenerateAsync(request, CancellationToken.None))
            times.Take(piece.Text);
        return times;
    }

    private static void Print(int streams, string what, Figures figures) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"| {streams} | {what} | {figures.FirstP50:0.00} | {figures.FirstP99:0.00} | {figures.TokenP50:0.00} | {figures.TokenP99:0.00} | {figures.CpuMillisecondsPer1000Tokens:0} |"));
}
