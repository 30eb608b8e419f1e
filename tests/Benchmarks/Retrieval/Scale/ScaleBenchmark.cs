using System.Diagnostics;
using System.Globalization;
using LLMoin.Benchmarks.Retrieval.Contenders;
using LLMoin.Benchmarks.Retrieval.Sets;

namespace LLMoin.Benchmarks.Retrieval.Scale;

/// <summary>Many passages of synthetic text: time and memory of building, latency of one question after the other on one core.</summary>
internal sealed class ScaleBenchmark(int passages, IReadOnlyList<Contender> contenders)
{
    private const int Questions = 1000;

    public async Task RunAsync()
    {
        Console.Error.WriteLine("Writing the texts ...");
        var language = new SyntheticGerman(seed: 1);
        var set = new QuestionSet("synthetic German", language.Documents(passages), []);
        var questions = language.Questions(Questions);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set.Name}: {set.Documents.Count} documents, {set.Passages} passages, {set.Bytes / 1e6:0} MB, {Questions} questions"));
        Console.WriteLine();
        Console.WriteLine("| | build MB/s | memory MB | p50 ms | p95 ms | p99 ms | kB allocated a question |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var contender in contenders)
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var started = Stopwatch.GetTimestamp();
            await contender.BuildAsync(set.Documents);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var memory = contender.IsInProcess ? Text((GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6, "0") : "";
            var (times, allocated) = await AskAsync(contender, questions);
            Console.WriteLine($"| {contender.Name} | {Text(set.Bytes / 1e6 / seconds, "0.0")} | {memory} | {Text(times[Questions / 2], "0.00")} | {Text(times[Questions * 95 / 100], "0.00")} | {Text(times[Questions * 99 / 100], "0.00")} | {allocated / 1000 / Questions} |");
            if (contender is OwnIndex own)
                Console.Error.WriteLine($"Its own estimate of its memory: {own.Bytes / 1_000_000} MB");
            await contender.DisposeAsync();
        }
    }

    private static async Task<(List<double> Times, long Allocated)> AskAsync(Contender contender, IReadOnlyList<string> questions)
    {
        foreach (var question in questions.Take(200))
            await contender.SearchAsync(question);
        var times = new List<double>(questions.Count);
        var allocated = GC.GetTotalAllocatedBytes();
        foreach (var question in questions)
        {
            var started = Stopwatch.GetTimestamp();
            await contender.SearchAsync(question);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        allocated = GC.GetTotalAllocatedBytes() - allocated;
        times.Sort();
        return (times, allocated);
    }

    private static string Text(double figure, string format) => figure.ToString(format, CultureInfo.InvariantCulture);
}
