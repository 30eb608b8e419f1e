using LLMoin.Retrieval.Index.Text;

namespace LLMoin.Retrieval.Index.Ranking;

/// <summary>A query taken apart.</summary>
/// <param name="Terms">In the query's order, each once.</param>
/// <param name="Phrases">Terms of what stands in quotation marks, in order, function words included.</param>
internal sealed record Query(IReadOnlyList<QueryTerm> Terms, IReadOnlyList<int[]> Phrases)
{
    /// <summary>Of a longer query the rarest known terms count; a pasted page of text has no more to ask than that.</summary>
    private const int MostTerms = 32;

    /// <summary>It asks for what stands there literally, which nothing similar in meaning can replace.</summary>
    public bool IsLiteral => Phrases.Count > 0 || Terms.Any(term => term.IsPlace && term.Number >= 0);

    public static Query Read(string text, Lexicon lexicon, PostingList[] postings, int passages)
    {
        var read = AskedText.Read(text);
        var terms = new Dictionary<string, QueryTerm>(StringComparer.Ordinal);
        foreach (var (term, word) in read.Terms)
        {
            var number = lexicon.Find(term);
            var with = number < 0 ? 0 : postings[number].Count;
            var isPlace = QueryTerm.NamesPlace(term);
            terms.Add(term, new QueryTerm(number, word, with, QueryTerm.WeightOf(isPlace) * Bm25.Idf(passages, with), isPlace));
        }

        var asked = terms.Count > MostTerms ? terms.Values.OrderBy(term => term.Passages == 0).ThenBy(term => term.Passages).Take(MostTerms) : terms.Values;
        // One word is sought like any other; a word that nothing has makes no phrase.
        var phrases = read.Quotations.Select(quotation => quotation.Select(lexicon.Find).ToArray()).Where(phrase => phrase.Length > 1 && !phrase.Contains(-1));
        return new Query([.. asked], [.. phrases]);
    }
}
