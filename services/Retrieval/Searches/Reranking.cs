using LLMoin.Retrieval.Embeddings;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Retrieval.Searches;

/// <summary>Has a reranking model, where one is configured, read the first passages with the question and put them in order.</summary>
internal sealed class Reranking(QueryModels models)
{
    /// <summary>Reading a passage costs the model about as much as embedding it, while somebody waits.</summary>
    private const int MostRead = 20;

    /// <summary>So many passages are worth finding where so many are wanted.</summary>
    public int Candidates(int wanted) => models.Reranks ? Math.Max(wanted, MostRead) : wanted;

    /// <returns>The passages with the model's scores, best first; as they were where it does not answer in time.</returns>
    public async Task<(IReadOnlyList<Passage> Passages, bool Reranked)> OrderAsync(Caller caller, string query, IReadOnlyList<Passage> passages, CancellationToken cancellation)
    {
        if (!models.Reranks || passages.Count < 2)
            return (passages, false);
        var scores = await models.RerankAsync(caller, query, [.. passages.Select(passage => $"{passage.HeadingPath ?? passage.Title}\n{passage.Text}")], cancellation);
        return scores is null
            ? (passages, false)
            : ([.. passages.Zip(scores, (passage, score) => passage with { Score = score }).OrderByDescending(passage => passage.Score)], true);
    }
}
