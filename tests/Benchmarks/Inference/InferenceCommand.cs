using System.Globalization;
using LLMoin.TestModels;

namespace LLMoin.Benchmarks.Inference;

/// <summary><c>inference</c> and its options.</summary>
internal static class InferenceCommand
{
    private const string Help =
        """
        inference [options]

          --model FILE      default: random weights in the shape of Qwen2.5-0.5B, written to --models
          --models DIR      default: artifacts/models
          --peer URL        an OpenAI-compatible server with the same model, slots and threads, e.g. http://127.0.0.1:18081
          --peer-pid N      its process, for CPU time
          --platform        also through the whole platform; needed for fairness
          --no-engine       without the engine in this process
          --slots N         default 16
          --context N       tokens per slot, default 8960
          --threads N       default: all cores
          --rounds N        default 3; the median counts
          --streams 1,4,16,64
          --conversations N more than slots, with a shared beginning; default 24
          --only throughput|shared|long|fairness
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Contains("--help"))
        {
            Console.WriteLine(Help);
            return 0;
        }
        string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
        int Number(string name, int fallback) => Option(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : fallback;

        var model = Option("--model") ?? RandomModel.HalfBillion.WriteTo(Option("--models") ?? "artifacts/models");
        var threads = Number("--threads", Environment.ProcessorCount);
        var (slots, context) = (Number("--slots", 16), Number("--context", 8960));
        var subjects = new List<Subject>();
        if (!args.Contains("--no-engine"))
            subjects.Add(new EngineSubject(model, slots, context, threads));
        if (args.Contains("--platform"))
            subjects.Add(await PlatformSubject.StartAsync(model, slots, context, threads));
        if (Option("--peer") is { } peer)
            subjects.Add(HttpSubject.Peer(new Uri(peer), Number("--peer-pid", 0)));
        Console.WriteLine($"{Environment.ProcessorCount} cores, {threads} threads, {DateTime.UtcNow:yyyy-MM-dd}, {Path.GetFileName(model)}");
        Console.WriteLine();

        var benchmark = new InferenceBenchmark(subjects, Number("--rounds", 3));
        await benchmark.WarmUpAsync(slots);
        var only = Option("--only");
        if (only is null or "throughput")
            await benchmark.ThroughputAsync((Option("--streams") ?? "1,4,16,64").Split(',').Select(count => int.Parse(count, CultureInfo.InvariantCulture)));
        if (only is null or "shared")
            await benchmark.SharedPrefixAsync(Number("--conversations", 24));
        if (only is null or "long")
            await benchmark.LongPromptAsync();
        if ((only is null or "fairness") && subjects.Find(subject => subject.Name == "platform") is { } platform)
        {
            await FairnessBenchmark.LightBesideHeavyAsync(platform, questions: 9);
            await FairnessBenchmark.TwoThatAlwaysWaitAsync(platform, slots);
        }
        foreach (var engine in subjects.OfType<EngineSubject>())
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"\nScheduler: {engine.Counters.Steps} steps, {engine.Counters.Compute.TotalSeconds:0.0} s in llama.cpp, {100 * (engine.Counters.Busy / engine.Counters.Compute - 1):0.0} % on top; prompts {engine.Counters.PromptTokens} tokens, of which {engine.Counters.ReusedTokens} reused; {engine.Counters.ReadTokens} read in {(engine.Counters.Compute - engine.Counters.WritingCompute).TotalSeconds:0.0} s, {engine.Counters.WrittenTokens} written in {engine.Counters.WritingSteps} steps of {engine.Counters.WritingCompute.TotalMilliseconds / engine.Counters.WritingSteps:0} ms"));
        foreach (var subject in subjects)
            await subject.DisposeAsync();
        return 0;
    }
}
