namespace LLMoin.Extractive.Questions;

/// <summary>
/// How strongly each term of a question occurs in each field of each sentence. Term pairs are compared once per distinct term of
/// the passages, then only looked up.
/// </summary>
internal sealed class FieldMatches
{
    private const double HeadingEvidence = 0.9;
    private const double TitleEvidence = 0.7;
    private const double NeighbourEvidence = 0.7;
    private const double Fragment = 0.75;
    private const double TypeEvidence = 0.07;

    /// <summary>The sentence before counts double where this one points back to it.</summary>
    private const double PointedBack = 2;

    private readonly Question _question;
    private readonly Dictionary<string, TermMatch>[] _matches;
    private readonly double[] _idf;
    private readonly Dictionary<PassageSentence, double[]> _own = [];

    public FieldMatches(Question question, List<PassageSentence> sentences)
    {
        _question = question;
        var vocabulary = sentences.SelectMany(sentence => sentence.Own.Keys.Concat(sentence.Headings).Concat(sentence.Title)).Distinct().ToList();
        _matches = [.. question.Terms.Select(asked => vocabulary
            .Select(term => (term, match: TermMatch.Of(asked, term))).Where(pair => pair.match.Strength > 0)
            .ToDictionary(pair => pair.term, pair => pair.match))];
        foreach (var sentence in sentences) _own[sentence] = [.. Enumerable.Range(0, question.Terms.Count).Select(i => Strength(i, sentence.Own.Keys))];
        _idf = [.. Enumerable.Range(0, question.Terms.Count).Select(i =>
        {
            var holding = sentences.Count(sentence => _own[sentence][i] >= 0.5);
            return Math.Log(1 + (sentences.Count - holding + 0.5) / (holding + 0.5));
        })];
    }

    public double Idf(int term) => _idf[term];

    public double Own(int term, PassageSentence sentence) => _own[sentence][term];

    public double Heading(int term, PassageSentence sentence) => Strength(term, sentence.Headings);

    public double Title(int term, PassageSentence sentence) => Strength(term, sentence.Title);

    public double Neighbour(int term, PassageSentence sentence)
        => Math.Max(
            sentence.Previous is { } previous ? (sentence.PointsBack ? PointedBack : 1) * _own[previous][term] : 0,
            sentence.Next is { } next ? 0.5 * _own[next][term] : 0);

    /// <summary>
    /// Share of the question's weight that sentence and context cover, 0 to 1. Rare terms weigh more, those the passages lack most, and so do long ones.
    /// A word of asking ("kosten", "Frist") is covered when the sentence has the kind of fact asked for.
    /// </summary>
    public double Evidence(PassageSentence sentence)
    {
        double covered = 0, all = 0;
        var typed = _question.Type != AnswerType.Any && AnswerTypes.Found(_question.Type, sentence.Text);
        for (var i = 0; i < _question.Terms.Count; i++)
        {
            var term = _question.Terms[i];
            var weight = term.Weight * Math.Sqrt(_idf[i]) * Math.Clamp(term.Term.Length / 8.0, 0.85, 1.5);
            var strength = Math.Max(
                Math.Max(Own(i, sentence), HeadingEvidence * Heading(i, sentence)),
                Math.Max(TitleEvidence * Title(i, sentence), Math.Min(HeadingEvidence, NeighbourEvidence * Neighbour(i, sentence))));
            if (typed && term.Weight < 0.5) strength = 1;
            covered += weight * strength;
            all += weight;
        }

        if (sentence.IsFragment) covered *= Fragment;
        return all == 0 ? 0 : Math.Clamp(covered / all + TypeEvidenceOf(sentence, typed), 0, 1);
    }

    /// <summary>Dates, amounts, numbers and telephone numbers are recognised safely enough that their absence counts too.</summary>
    private double TypeEvidenceOf(PassageSentence sentence, bool typed)
    {
        if (typed) return TypeEvidence;
        if (_question.Type is AnswerType.Any or AnswerType.Place or AnswerType.Person) return 0;
        return sentence.Next is { } next && AnswerTypes.Found(_question.Type, next.Text) ? 0 : -TypeEvidence;
    }

    private double Strength(int term, IEnumerable<string> terms)
    {
        var matches = _matches[term];
        return matches.Count == 0 ? 0 : TermMatch.Together(terms.Where(matches.ContainsKey).Select(found => matches[found]), _question.Terms[term].Term.Length);
    }
}
