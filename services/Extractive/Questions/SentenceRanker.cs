using LLMoin.Extractive.Sentences;

namespace LLMoin.Extractive.Questions;

/// <summary>
/// A sentence chosen as an answer. <see cref="Evidence"/> says how much of the question it and its context cover, 0 to 1;
/// <see cref="Score"/> orders sentences of one question and means nothing across questions.
/// </summary>
public sealed record RankedSentence(int PassageIndex, Sentence Span, string Text, double Score, double Evidence)
{
    /// <summary>The header of the table if this is a row.</summary>
    public string? TableHeader { get; init; }

    /// <summary>The sentence that opens the list this is an item of ("Gebührenfrei sind:").</summary>
    public Sentence? Lead { get; init; }

    /// <summary>What follows if this sentence itself opens a list or table.</summary>
    public IReadOnlyList<Sentence> Items { get; init; } = [];
}

/// <summary>
/// Scores the sentences of given passages against a question: BM25 over fields (Robertson and Zaragoza, "The Probabilistic
/// Relevance Framework: BM25 and Beyond", 2009, section 3.6) with soft term matches for German compounds, raised by answer type,
/// thinned by maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998). Document frequencies are those of the passages.
/// </summary>
public static class SentenceRanker
{
    /// <summary>
    /// Below this evidence nothing is quoted. The value from 0.46 to 0.57 that refused at least four of five unanswerable questions of
    /// samples/questions.jsonl and lost the fewest right answers; docs/extractive.md has the figures, held-out ones too.
    /// </summary>
    public const double EvidenceThreshold = 0.48;

    private const double K1 = 0.9;
    private const double B = 0.4;
    private const double HeadingField = 0.7;
    private const double TitleField = 0.3;
    private const double NeighbourField = 0.3;
    private const double TypeBoost = 0.6;
    private const double Relevance = 0.75;

    /// <summary>A list is quoted whole if its opening sentence scores at least this share of the item found.</summary>
    private const double ShareForWholeList = 0.6;

    /// <summary>A further sentence is quoted only if it scores at least this share of the best.</summary>
    private const double ShareOfBest = 0.5;

    /// <returns>At most <paramref name="limit"/> sentences, best first; none when no sentence reaches the evidence threshold.</returns>
    public static IReadOnlyList<RankedSentence> Rank(Question question, IReadOnlyList<Passage> passages, int limit = 3)
        => Rank(question, passages, limit, EvidenceThreshold);

    internal static IReadOnlyList<RankedSentence> Rank(Question question, IReadOnlyList<Passage> passages, int limit, double threshold)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(passages);
        if (question.Terms.Count == 0 || passages.Count == 0) return [];
        var sentences = PassageSentence.Read(passages);
        var fields = new FieldMatches(question, sentences);
        var averageLength = sentences.Count == 0 ? 1 : sentences.Average(sentence => sentence.TokenCount);
        var scored = sentences
            .Select(sentence => (Sentence: sentence, Score: Score(question, sentence, fields, averageLength), Evidence: fields.Evidence(sentence)))
            .Where(item => item.Score > 0)
            .OrderByDescending(item => item.Score).ThenBy(item => item.Sentence.Passage).ThenBy(item => item.Sentence.Span.Start)
            .ToList();
        var accepted = scored.Where(item => item.Evidence >= threshold).Take(40).ToList();
        if (accepted.Count == 0) return [];
        var items = sentences.Where(sentence => sentence.Lead is not null).ToLookup(sentence => sentence.Lead!);
        return [.. Diverse(WholeLists(accepted), limit).Select(item => Ranked(item.Sentence, item.Score, item.Evidence))];

        RankedSentence Ranked(PassageSentence sentence, double score, double evidence)
        {
            var span = WithNeighbour(sentence, question.Type);
            return new RankedSentence(sentence.Passage, span, span.In(passages[sentence.Passage].Text), score, evidence)
            {
                TableHeader = sentence.TableHeader,
                Lead = sentence.Lead?.Span,
                Items = [.. items[sentence].Select(item => item.Span)],
            };
        }
    }

    /// <summary>Adds the sentence before to one that points back to it, or the next one if only that has the kind of fact asked for.</summary>
    private static Sentence WithNeighbour(PassageSentence sentence, AnswerType type)
    {
        var span = sentence.Span;
        if (sentence.PointsBack) return span with { Start = sentence.Previous!.Span.Start, Length = span.End - sentence.Previous.Span.Start };
        var takesNext = type != AnswerType.Any && sentence.Next is { } next && next.Span.Block == span.Block && !AnswerTypes.Found(type, sentence.Text) && AnswerTypes.Found(type, next.Text);
        return takesNext ? span with { Length = sentence.Next!.Span.End - span.Start } : span;
    }

    private static double Score(Question question, PassageSentence sentence, FieldMatches fields, double averageLength)
    {
        var norm = K1 * (1 - B + B * sentence.TokenCount / averageLength);
        double score = 0;
        for (var i = 0; i < question.Terms.Count; i++)
        {
            var frequency = fields.Own(i, sentence)
                            + HeadingField * fields.Heading(i, sentence)
                            + TitleField * fields.Title(i, sentence)
                            + NeighbourField * fields.Neighbour(i, sentence);
            score += question.Terms[i].Weight * fields.Idf(i) * frequency * (K1 + 1) / (frequency + norm);
        }

        if (question.Type != AnswerType.Any && AnswerTypes.Found(question.Type, sentence.Text)) score *= 1 + TypeBoost;
        if (sentence.Position == 0) score *= 1.05;
        // A question quoted back answers nothing; what follows it has it as neighbour or heading.
        if (sentence.IsQuestion) score *= 0.3;
        return sentence.IsFragment ? score * 0.5 : score;
    }

    /// <summary>Where the opening of a list answers about as well as its items, the list is quoted as a whole, once.</summary>
    private static List<(PassageSentence Sentence, double Score, double Evidence)> WholeLists(List<(PassageSentence Sentence, double Score, double Evidence)> scored)
    {
        var byLead = scored.ToDictionary(item => item.Sentence, item => item.Score);
        return [.. scored
            .Select(item => item.Sentence.Lead is { } lead && byLead.TryGetValue(lead, out var score) && score >= ShareForWholeList * item.Score ? (lead, item.Score, item.Evidence) : item)
            .DistinctBy(item => item.Item1)];
    }

    private static List<(PassageSentence Sentence, double Score, double Evidence)> Diverse(List<(PassageSentence Sentence, double Score, double Evidence)> candidates, int limit)
    {
        var best = candidates[0].Score;
        var rest = candidates.Where(item => item.Score >= ShareOfBest * best).ToList();
        var chosen = new List<(PassageSentence Sentence, double Score, double Evidence)>();
        while (chosen.Count < limit && rest.Count > 0)
        {
            var next = rest.MaxBy(item => Relevance * item.Score / best - (1 - Relevance) * Closest(item.Sentence));
            rest.Remove(next);
            if (Closest(next.Sentence) < 0.8) chosen.Add(next);
        }

        return chosen;

        double Closest(PassageSentence sentence) => chosen.Count == 0 ? 0 : chosen.Max(other => Cosine(other.Sentence.Own, sentence.Own));
    }

    private static double Cosine(IReadOnlyDictionary<string, int> left, IReadOnlyDictionary<string, int> right)
    {
        double dot = 0;
        foreach (var (term, count) in left) dot += count * right.GetValueOrDefault(term);
        return dot == 0 ? 0 : dot / Math.Sqrt(left.Values.Sum(count => (double)count * count) * right.Values.Sum(count => (double)count * count));
    }
}
