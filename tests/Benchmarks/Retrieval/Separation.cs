using System.Globalization;
using LLMoin.Benchmarks.Retrieval.Contenders;
using LLMoin.Benchmarks.Retrieval.Sets;

namespace LLMoin.Benchmarks.Retrieval;

/// <summary>
/// How well the score of the first passage tells questions that the documents answer from those that they do not: the area under the ROC
/// curve (1 always, 0.5 by chance), and what thresholds do that let nearly all answerable questions pass.
/// </summary>
internal static class Separation
{
    public static void Print(QuestionSet set, OwnIndex own)
    {
        if (set.Unanswerable.Count == 0)
            return;
        var answerable = set.Questions.Where(question => question.Kind == "question").Select(question => own.BestScore(question.Text)).Order().ToList();
        var unanswerable = set.Unanswerable.Select(own.BestScore).ToList();
        var area = answerable.Average(yes => unanswerable.Average(no => yes > no ? 1 : yes == no ? 0.5 : 0));
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{unanswerable.Count} unanswerable beside {answerable.Count} answerable questions: area under the ROC curve {area:0.000}"));
        foreach (var lost in (ReadOnlySpan<double>)[0.01, 0.05, 0.1])
        {
            var threshold = answerable[(int)(answerable.Count * lost)];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"a threshold of {threshold:0.00} loses {lost:0%} of the answerable and recognises {unanswerable.Count(score => score < threshold) / (double)unanswerable.Count:0%} of the others"));
        }
    }
}
