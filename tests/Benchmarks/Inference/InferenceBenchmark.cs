using System.Globalization;

namespace LLMoin.Benchmarks.Inference;

/// <summary>
/// Tokens and latencies of this engine, of the whole platform with it, and of any OpenAI-compatible peer, side by side in one run with the
/// same model: only ratios of one run say something on a machine that others use too.
/// </summary>
internal sealed class InferenceBenchmark(IReadOnlyList<Subject> subjects, int rounds)
{
    private int _seed = 1;

    /// <summary>
    /// Fills every slot once, so that the system prompt that all requests share is cached in each: what is compared afterwards is the rest.
    /// </summary>
    public async Task WarmUpAsync(int slots)
    {
        foreach (var subject in subjects)
            await subject.MeasureAsync(Enumerable.Range(0, slots).Select(_ => new Ask(Prompts.Text(5, _seed++), 4)).ToList());
    }

    public async Task ThroughputAsync(IEnumerable<int> streams)
    {
        Console.WriteLine("| streams | | tokens/s | tokens per CPU s | first token p50 ms | p99 | gap p50 ms | p99 |");
        Console.WriteLine("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var count in streams)
        {
            var tokens = count == 1 ? 96 : 64;
            await CompareAsync($"{count}", () =>
            {
                var asks = Enumerable.Range(0, count).Select(_ => new Ask(Prompts.Text(40, _seed++), tokens)).ToList();
                return subject => subject.MeasureAsync(asks);
            });
        }
    }

    /// <summary>More conversations than slots, all with the same long beginning.</summary>
    public async Task SharedPrefixAsync(int conversations)
    {
        Console.WriteLine();
        Console.WriteLine($"{conversations} conversations at once that share their first 2,000 tokens or so:");
        Console.WriteLine();
        Console.WriteLine("| | | tokens/s | tokens per CPU s | first token p50 ms | p99 | gap p50 ms | p99 |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        await CompareAsync("shared", () =>
        {
            var document = Prompts.Text(1450, _seed++);
            var asks = Enumerable.Range(0, conversations).Select(_ => new Ask(document + "\n" + Prompts.Text(10, _seed++), 16)).ToList();
            return subject => subject.MeasureAsync(asks);
        });
    }

    /// <summary>Four answers are being written while a prompt of about 8,000 tokens is read in.</summary>
    public async Task LongPromptAsync()
    {
        Console.WriteLine();
        Console.WriteLine("4 answers being written while a prompt of about 8,000 tokens is read (gaps are those of the four):");
        Console.WriteLine();
        Console.WriteLine("| | | tokens/s | tokens per CPU s | first token p50 ms | p99 | gap p50 ms | p99 |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        var longest = 0;
        await CompareAsync("long prompt", () =>
        {
            var asks = Enumerable.Range(0, 4).Select(_ => new Ask(Prompts.Text(20, _seed++), 128)).ToList();
            var disturbance = new Ask(Prompts.Text(5600, _seed++), 1);
            return async subject =>
            {
                var load = subject.MeasureAsync(asks);
                await Task.Delay(3000);
                var reading = subject.AnswerAsync(disturbance, CancellationToken.None);
                var measured = await load;
                longest = (await reading).PromptTokens;
                return measured;
            };
        });
        Console.WriteLine();
        Console.WriteLine($"The long prompt has {longest} tokens with the platform's own.");
    }

    /// <summary>Each round asks every subject in turn; printed is the median round by tokens/s, and the ratio of it to the last subject's.</summary>
    private async Task CompareAsync(string label, Func<Func<Subject, Task<Load>>> prepare)
    {
        var loads = subjects.ToDictionary(subject => subject, _ => new List<Load>());
        for (var round = 0; round < rounds; round++)
        {
            var measure = prepare();
            foreach (var subject in subjects)
                loads[subject].Add(await measure(subject));
        }
        var medians = subjects.Select(subject => (subject.Name, Load: loads[subject].OrderBy(load => load.TokensPerSecond).ElementAt(rounds / 2))).ToList();
        foreach (var (name, load) in medians)
            Print(label, name, load.TokensPerSecond, load.TokensPerCpuSecond, load.First(.5), load.First(.99), load.Gap(.5), load.Gap(.99), "0.0");
        var peer = medians[^1];
        foreach (var (name, load) in medians[..^1])
            Print(label, $"**{name} ÷ {peer.Name}**", load.TokensPerSecond / peer.Load.TokensPerSecond, load.TokensPerCpuSecond / peer.Load.TokensPerCpuSecond,
                load.First(.5) / peer.Load.First(.5), load.First(.99) / peer.Load.First(.99), load.Gap(.5) / peer.Load.Gap(.5), load.Gap(.99) / peer.Load.Gap(.99), "0.00");
    }

    private static void Print(string label, string name, double a, double b, double c, double d, double e, double f, string format)
        => Console.WriteLine($"| {label} | {name} | {string.Join(" | ", new[] { a, b, c, d, e, f }.Select(value => value.ToString(format, CultureInfo.InvariantCulture)))} |");
}
