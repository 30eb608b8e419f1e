using System.Diagnostics;
using LLMoin.PlatformBed;

namespace LLMoin.Benchmarks.Platform;

/// <summary>400 readers at once, 50 tokens/s each: more than two cores can relay in time, so the platform must fall behind without loss.</summary>
internal static class FloodBenchmark
{
    private const int Streams = 400;
    private const int Tokens = 500;
    private const double Rate = 50;

    /// <returns>True when every stream had every token in order.</returns>
    public static async Task<bool> RunAsync()
    {
        Console.Error.WriteLine("Starting the platform ...");
        await using var platform = await PlatformStreams.StartAsync();
        await using var worker = await platform.StartWorkerAsync("replay", slots: 1024);
        using var client = await platform.SignInAsync("anna@hamburg.example");
        await OverheadBenchmark.WaitForModelAsync(client);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PlatformStreams.ReadAsync(client, 20, Rate)));

        Console.Error.WriteLine($"{Streams} streams of {Tokens} tokens at {Rate:0} tokens/s ...");
        IReadOnlyList<int> processes = [.. platform.ProcessIds, worker.ProcessId];
        var cpu = processes.Sum(ProcessTree.CpuSeconds);
        var started = Stopwatch.StartNew();
        var streams = await Task.WhenAll(Enumerable.Range(0, Streams).Select(_ => PlatformStreams.ReadAsync(client, Tokens, Rate)));
        var seconds = started.Elapsed.TotalSeconds;
        cpu = processes.Sum(ProcessTree.CpuSeconds) - cpu;

        var broken = streams.Count(stream => !stream.InOrder || stream.Tokens != Tokens);
        var figures = Figures.Of(streams, cpu);
        Console.WriteLine(FormattableString.Invariant(
            $"{Streams} streams, {figures.Tokens} tokens in {seconds:0.0} s ({figures.Tokens / seconds:0} tokens/s; the engine alone takes {Tokens / Rate:0} s), {broken} streams with a lost or misplaced token"));
        Console.WriteLine(FormattableString.Invariant(
            $"first token p50 {figures.FirstP50:0} ms, p99 {figures.FirstP99:0} ms; token delay p50 {figures.TokenP50:0} ms, p99 {figures.TokenP99:0} ms; CPU {figures.CpuMillisecondsPer1000Tokens:0} ms per 1,000 tokens"));
        return broken == 0;
    }
}
