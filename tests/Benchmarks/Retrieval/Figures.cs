using LLMoin.Benchmarks.Retrieval.Sets;

namespace LLMoin.Benchmarks.Retrieval;

/// <summary>Quality of rankings as trec_eval and BEIR compute it, each a mean over questions.</summary>
/// <param name="Recall1">Share of the relevant passages that come first, of those that could (one); likewise among 5 and 10.</param>
/// <param name="Mrr10">One over the rank of the first relevant passage, 0 behind the tenth.</param>
/// <param name="Ndcg10">Discounted gain over the best possible (K. Järvelin and J. Kekäläinen, 2002), with linear gains.</param>
internal readonly record struct Figures(double Recall1, double Recall5, double Recall10, double Mrr10, double Ndcg10)
{
    public static Figures Of(IReadOnlyList<(Question Question, IReadOnlyList<Place> Found)> answers) => new(
        answers.Average(answer => Recall(answer.Question, answer.Found, 1)),
        answers.Average(answer => Recall(answer.Question, answer.Found, 5)),
        answers.Average(answer => Recall(answer.Question, answer.Found, 10)),
        answers.Average(answer => ReciprocalRank(answer.Question, answer.Found)),
        answers.Average(answer => Ndcg(answer.Question, answer.Found)));

    private static double Recall(Question question, IReadOnlyList<Place> found, int depth)
        => found.Take(depth).Count(question.Relevant.ContainsKey) / (double)Math.Min(depth, question.Relevant.Count);

    private static double ReciprocalRank(Question question, IReadOnlyList<Place> found)
    {
        for (var rank = 0; rank < Math.Min(10, found.Count); rank++)
        {
            if (question.Relevant.ContainsKey(found[rank]))
                return 1.0 / (rank + 1);
        }

        return 0;
    }

    private static double Ndcg(Question question, IReadOnlyList<Place> found)
        => Gain(found.Select(place => question.Relevant.GetValueOrDefault(place))) / Gain(question.Relevant.Values.OrderDescending());

    private static double Gain(IEnumerable<int> grades) => grades.Take(10).Select((grade, rank) => grade / Math.Log2(rank + 2)).Sum();
}
