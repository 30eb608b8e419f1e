using LLMoin.Extractive.Text;

namespace LLMoin.Extractive.Questions;

/// <summary>
/// A term looked for and how much it says about the subject: 1 for a noun of the question, less for its verbs and for words of
/// an earlier question.
/// </summary>
public sealed record QuestionTerm(string Term, TokenKind Kind, double Weight);

/// <summary>A question as the ranker sees it. <see cref="IsEnglish"/> only chooses the language of the answer's own words.</summary>
public sealed record Question(IReadOnlyList<QuestionTerm> Terms, AnswerType Type, bool IsEnglish)
{
    /// <summary>A pasted page is no question; ranking cost grows with the terms.</summary>
    private const int MostTerms = 40;

    private const double OtherWord = 0.6;
    private const double WeakWord = 0.25;
    private const double EarlierQuestion = 0.5;

    /// <param name="text">The question.</param>
    /// <param name="earlier">The user's message before it; its terms join, with half their weight, when the question alone names no subject.</param>
    public static Question Read(string text, string? earlier = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var english = Language.IsEnglish(text);
        var terms = Content(text, english, factor: 1);
        if (earlier is not null && IsElliptic(text, terms))
            terms = [.. terms, .. Content(earlier, english, EarlierQuestion).Where(term => terms.TrueForAll(own => own.Term != term.Term))];
        return new Question(terms, AnswerTypes.Of(text), english);
    }

    private static List<QuestionTerm> Content(string text, bool english, double factor)
    {
        var tokens = GermanTokens.Read(text);
        // Capitals mark nouns only where the writer uses them, and say nothing of the first word.
        var capitals = !english && tokens.Skip(1).Any(token => char.IsUpper(text[token.Start]));
        return tokens
            .Where(token => !token.IsStopWord && !(english && StopWords.English.Contains(token.Folded)))
            .Select(token => new QuestionTerm(token.Term, token.Kind, factor * Weight(token)))
            .GroupBy(term => term.Term).Select(same => same.MaxBy(term => term.Weight)!)
            .Take(MostTerms)
            .ToList();

        double Weight(Token token)
        {
            if (StopWords.Weak.Contains(token.Folded)) return WeakWord;
            return token.Kind == TokenKind.Word && capitals && !char.IsUpper(text[token.Start]) ? OtherWord : 1;
        }
    }

    private static bool IsElliptic(string text, List<QuestionTerm> terms)
    {
        var subjects = terms.Count(term => term.Weight >= 1);
        if (subjects == 0) return true;
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var pointsBack = words.Length > 0 && words[0].ToLowerInvariant() is "und" or "and" or "oder" || words.Any(word => PointsBack(word.TrimEnd('?', '.', ',').ToLowerInvariant()));
        return pointsBack && subjects <= 1 && words.Length <= 9;
    }

    private static bool PointsBack(string word)
        => word is "das" or "es" or "dafür" or "davon" or "dabei" or "dazu" or "dagegen" or "dort" or "dann" or "dieser" or "diese" or "it" or "that" or "there";
}
