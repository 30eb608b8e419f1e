using LLMoin.Extractive.Sentences;
using LLMoin.Extractive.Text;

namespace LLMoin.Extractive.Summaries;

/// <summary>A sentence of a summary: which of the given texts it is from, and its span there.</summary>
public sealed record SummarySentence(int TextIndex, Sentence Span, string Text);

/// <summary>
/// Extractive summaries: LexRank centralities with a restart that favours the openings of texts and sections, near-duplicates left
/// out, sentences in source order. Headings, table rows, questions and fragments are not chosen. 500 pages take seconds and some
/// 100 MB (docs/extractive.md).
/// </summary>
public static class Summarizer
{
    private const int FewestWords = 5;
    private const int MostWords = 70;

    /// <summary>Compared with at most so many chosen sentences, the nearest in the ranking, to stay near-linear.</summary>
    private const int Compared = 400;

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<SummarySentence> Summarize(IReadOnlyList<string> texts, SummaryLength length, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var candidates = new List<Candidate>();
        for (var i = 0; i < texts.Count; i++) Collect(texts[i], i, fragments: false, candidates, cancellation);
        // Notes and bullet lists without full stops are still better quoted than refused.
        for (var i = 0; i < texts.Count && candidates.Count == 0; i++) Collect(texts[i], i, fragments: true, candidates, cancellation);
        if (candidates.Count == 0) return [];

        var graph = new SentenceGraph([.. candidates.Select(candidate => candidate.Terms)]);
        var rank = graph.Centralities([.. candidates.Select(candidate => candidate.Prior)], cancellation);
        var order = Enumerable.Range(0, candidates.Count).OrderByDescending(i => rank[i] * candidates[i].Fitness).ThenBy(i => i);
        var chosen = new List<int>();
        var limit = length.SentenceCount(candidates.Count);
        var words = length.WordBudget ?? int.MaxValue;
        foreach (var i in order)
        {
            cancellation.ThrowIfCancellationRequested();
            if (chosen.Count == limit || words <= 0) break;
            if (candidates[i].Words > words && chosen.Count > 0) continue;
            if (IsRepeated(graph, chosen, i)) continue;
            chosen.Add(i);
            words -= candidates[i].Words;
        }

        return [.. chosen.Order().Select(i => new SummarySentence(candidates[i].TextIndex, candidates[i].Span, candidates[i].Text))];
    }

    private static bool IsRepeated(SentenceGraph graph, List<int> chosen, int candidate)
    {
        for (var k = Math.Max(0, chosen.Count - Compared); k < chosen.Count; k++)
        {
            if (graph.AreRepetitions(chosen[k], candidate)) return true;
        }

        return false;
    }

    private static void Collect(string text, int index, bool fragments, List<Candidate> candidates, CancellationToken cancellation)
    {
        var sinceHeading = 0;
        var first = candidates.Count;
        foreach (var span in SentenceSplitter.Split(text))
        {
            cancellation.ThrowIfCancellationRequested();
            if (span.Kind == SentenceKind.Heading) sinceHeading = 0;
            if (span.Kind is not (SentenceKind.Prose or SentenceKind.ListItem)) continue;
            var sentence = span.In(text);
            var words = GermanTokens.Read(sentence);
            if (!fragments && (words.Count is < FewestWords or > MostWords || !EndsLikeSentence(sentence))) continue;
            var terms = words.Where(token => !token.IsStopWord).Select(token => token.Term).ToList();
            if (terms.Count < (fragments ? 1 : 2)) continue;
            var position = candidates.Count - first;
            var prior = 1 + (position < 3 ? 1.0 : 0) + (sinceHeading == 0 ? 0.5 : 0);
            candidates.Add(new Candidate(index, span, sentence, terms, words.Count, prior, span.Kind == SentenceKind.ListItem ? 0.8 : 1));
            sinceHeading++;
        }
    }

    private static bool EndsLikeSentence(string sentence)
        => sentence.AsSpan().TrimEnd("“”\"’'«»)]*_‘").EndsWith(".") || sentence.AsSpan().TrimEnd("“”\"’'«»)]*_‘").EndsWith("!");

    private sealed record Candidate(int TextIndex, Sentence Span, string Text, List<string> Terms, int Words, double Prior, double Fitness);
}
