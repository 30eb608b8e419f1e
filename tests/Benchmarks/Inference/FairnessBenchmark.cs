using System.Globalization;
using LLMoin.Inference.Generation;

namespace LLMoin.Benchmarks.Inference;

/// <summary>What two tenants of one worker get, measured at the end of the whole platform.</summary>
internal static class FairnessBenchmark
{
    /// <summary>One person with a single question beside 50 jobs of another tenant, each time against the same kind of question in an idle system.</summary>
    /// <param name="platform">Its users 0 and 1 belong to different tenants.</param>
    /// <param name="questions">The median counts.</param>
    public static async Task LightBesideHeavyAsync(Subject platform, int questions)
    {
        Console.WriteLine();
        Console.WriteLine("One question beside 50 jobs of another tenant:");
        Console.WriteLine();
        Ask Single(int seed) => new(Prompts.Text(150, seed), 8, User: 1);
        await platform.AnswerAsync(Single(700), CancellationToken.None);
        var idle = new List<double>();
        for (var n = 0; n < questions; n++)
            idle.Add((await platform.AnswerAsync(Single(800 + n), CancellationToken.None)).FirstToken);

        var heavy = platform.MeasureAsync(Enumerable.Range(0, 50).Select(n => new Ask(Prompts.Text(30, 900 + n), 48)));
        await Task.Delay(TimeSpan.FromSeconds(12));
        var beside = new List<double>();
        for (var n = 0; n < questions && !heavy.IsCompleted; n++)
            beside.Add((await platform.AnswerAsync(Single(1000 + n), CancellationToken.None)).FirstToken);
        var load = await heavy;
        double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"first token in an idle system {Median(idle):0} ms, beside 50 jobs {Median(beside):0} ms ({beside.Count} questions, worst {beside.Max():0} ms): {Median(beside) / Median(idle):0.00} times; the 50 jobs: {load.TokensPerSecond:0.0} tokens/s, longest gap {load.Gap(1):0} ms"));
    }

    /// <summary>
    /// Two tenants that both have more jobs than there are slots, one with short answers and one with long: how far what they are served
    /// (in the costs of <see cref="TenantCounters"/>) drifts apart over any interval in which both wait, against the paper's bound 2·U.
    /// </summary>
    public static async Task TwoThatAlwaysWaitAsync(Subject platform, int slots)
    {
        const int ShortAnswer = 16, LongAnswer = 48;
        var asks = Enumerable.Range(0, slots * 2)
            .SelectMany(n => (Ask[])[new(Prompts.Text(20, 2000 + n), LongAnswer, User: 0), new(Prompts.Text(60, 3000 + n), ShortAnswer, User: 1)])
            .ToList();
        var load = await platform.MeasureAsync(asks);
        var served = asks.Zip(load.Answers).SelectMany(pair => Served(pair.First.User, pair.Second)).OrderBy(moment => moment.At).ToList();
        // While both still have answers that have not begun.
        var bothWait = Enumerable.Range(0, 2).Min(user => asks.Zip(load.Answers).Where(pair => pair.First.User == user).Max(pair => pair.Second.Pieces[0]));
        double difference = 0, least = 0, most = 0;
        foreach (var (at, user, cost) in served)
        {
            if (at >= bothWait)
                break;
            difference += user == 0 ? cost : -cost;
            (least, most) = (Math.Min(least, difference), Math.Max(most, difference));
        }
        var longestPrompt = load.Answers.Max(answer => answer.PromptTokens);
        // M of the paper: tokens that the running batch can hold, here those of the longest requests in all slots.
        var bound = 2 * Math.Max(TenantCounters.PromptCost * longestPrompt, TenantCounters.CompletionCost * slots * (longestPrompt + LongAnswer));
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"two tenants that always wait, answers of {LongAnswer} and of {ShortAnswer} tokens: served costs drift apart by at most {most - least:0}, of {served.Sum(moment => moment.Cost):0} served; the paper's bound is {bound:0}"));
    }

    /// <summary>The prompt's cost with the first piece, each token's with its own.</summary>
    private static IEnumerable<(long At, int User, double Cost)> Served(int user, AnswerTimes answer)
    {
        var perPiece = TenantCounters.CompletionCost * answer.Tokens / answer.Pieces.Count;
        for (var n = 0; n < answer.Pieces.Count; n++)
            yield return (answer.Pieces[n], user, perPiece + (n == 0 ? TenantCounters.PromptCost * answer.PromptTokens : 0));
    }
}
