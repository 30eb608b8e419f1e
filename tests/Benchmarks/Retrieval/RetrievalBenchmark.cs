using System.Diagnostics;
using System.Globalization;
using LLMoin.Benchmarks.Retrieval.Contenders;
using LLMoin.Benchmarks.Retrieval.Sets;

namespace LLMoin.Benchmarks.Retrieval;

/// <summary>Search engines side by side on one set: quality, latency of one question at a time, time to build.</summary>
internal sealed class RetrievalBenchmark(QuestionSet set, IReadOnlyList<Contender> contenders)
{
    private const int WarmUps = 2;
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(2);

    private readonly Dictionary<Contender, List<(Question Question, IReadOnlyList<Place> Found)>> _answers = [];

    public async Task RunAsync(bool misses)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{set.Name}: {set.Documents.Count} documents, {set.Passages} passages, {set.Bytes / 1e6:0.00} MB, {set.Questions.Count} questions"));
        Console.WriteLine();
        Console.WriteLine("| | recall@1 | recall@5 | recall@10 | MRR@10 | nDCG@10 | p50 ms | p95 ms | build MB/s |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var contender in contenders)
        {
            var speed = await BuildAsync(contender);
            var (p50, p95) = await AskAsync(contender);
            Console.WriteLine($"| {contender.Name} | {Text(Figures.Of(_answers[contender]))} | {Text(p50, "0.00")} | {Text(p95, "0.00")} | {Text(speed, "0.0")} |");
        }

        Split("Held out, never tuned to", question => question.HeldOut);
        foreach (var kind in set.Questions.Select(question => question.Kind).Distinct().Where(kind => set.Questions.Any(question => question.Kind != kind)))
            Split($"Kind: {kind}", question => question.Kind == kind);
        if (contenders.OfType<OwnIndex>().FirstOrDefault() is { } own)
            Separation.Print(set, own);
        if (misses)
            PrintMisses();
    }

    /// <summary>Builds again and again for two seconds, so that a small set's figure is not the compiler's; the fastest counts.</summary>
    private async Task<double> BuildAsync(Contender contender)
    {
        var whole = Stopwatch.StartNew();
        var best = double.MaxValue;
        for (var round = 0; round < WarmUps || whole.Elapsed < LongEnough; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await contender.BuildAsync(set.Documents);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return set.Bytes / 1e6 / best;
    }

    private async Task<(double P50, double P95)> AskAsync(Contender contender)
    {
        var answers = _answers[contender] = [];
        foreach (var question in set.Questions)
            answers.Add((question, await contender.SearchAsync(question.Text)));
        var times = new List<double>();
        var whole = Stopwatch.StartNew();
        for (var round = 0; round < WarmUps || whole.Elapsed < LongEnough; round++)
        {
            times.Clear();
            foreach (var question in set.Questions)
            {
                var started = Stopwatch.GetTimestamp();
                await contender.SearchAsync(question.Text);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        times.Sort();
        return (times[times.Count / 2], times[(int)(times.Count * 0.95)]);
    }

    private void Split(string title, Func<Question, bool> belongs)
    {
        var count = set.Questions.Count(belongs);
        if (count == 0)
            return;
        Console.WriteLine();
        Console.WriteLine($"{title} ({count} questions):");
        Console.WriteLine();
        Console.WriteLine("| | recall@1 | recall@5 | recall@10 | MRR@10 | nDCG@10 |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var contender in contenders)
            Console.WriteLine($"| {contender.Name} | {Text(Figures.Of([.. _answers[contender].Where(answer => belongs(answer.Question))]))} |");
    }

    /// <summary>Questions of the development part whose first passage is a wrong one, for those who work on the ranking.</summary>
    private void PrintMisses()
    {
        foreach (var (question, found) in _answers[contenders[0]].Where(answer => !answer.Question.HeldOut && (answer.Found.Count == 0 || !answer.Question.Relevant.ContainsKey(answer.Found[0]))))
        {
            var rank = found.ToList().FindIndex(question.Relevant.ContainsKey) + 1;
            Console.WriteLine($"{rank,3} {question.Kind}: {question.Text}");
            Console.WriteLine($"      first:  {(found.Count == 0 ? "nothing" : Show(found[0]))}");
            Console.WriteLine($"      wanted: {Show(question.Relevant.Keys.First())}");
        }
    }

    private string Show(Place place)
    {
        var (headings, text) = set.Documents[place.Document].Passages[place.Passage];
        return $"{set.Documents[place.Document].Title} > {headings}: {text[..Math.Min(160, text.Length)].ReplaceLineEndings(" ")}";
    }

    private static string Text(Figures figures)
        => string.Join(" | ", new[] { figures.Recall1, figures.Recall5, figures.Recall10, figures.Mrr10, figures.Ndcg10 }.Select(figure => Text(figure, "0.000")));

    private static string Text(double figure, string format) => figure.ToString(format, CultureInfo.InvariantCulture);
}
