using LLMoin.Extractive.Text;

namespace LLMoin.Extractive.Questions;

/// <summary>How a term of a text answers a term of a question: its strength from 0 to 1, and which part of the question's term it covers.</summary>
internal readonly record struct TermMatch(double Strength, int Start, int Length)
{
    private const int ShortestPart = 4;
    private const double PartOfCompound = 0.85;

    /// <summary>The last part of a compound says what it is: a Hundesteuermarke is no Hundesteuer.</summary>
    private const double ModifierOfCompound = 0.65;

    private const double ShortWordInCompound = 0.5;
    private const double InsideCompound = 0.6;
    private const double SharedPart = 0.6;
    private const int ShortestShared = 5;

    /// <summary>
    /// Equal stems match fully. German writes compounds as one word, so a stem that begins or ends a longer one matches it too:
    /// "Genehmigung" and "Baugenehmigung". A shorter word of the text covers its share of the question's compound; the shares of
    /// several add up ("Antrag auf Wohngeld" for "Wohngeldantrag").
    /// </summary>
    public static TermMatch Of(QuestionTerm asked, string term)
    {
        var wanted = asked.Term;
        if (wanted == term) return new TermMatch(1, 0, wanted.Length);
        if (asked.Kind != TokenKind.Word || term.Length < ShortestPart || wanted.Length < ShortestPart - 1 || char.IsDigit(term[0]) || term[0] == '§') return default;
        if (term.Length > wanted.Length)
        {
            var at = term.IndexOf(wanted, StringComparison.Ordinal);
            if (at >= 0)
            {
                var atEdge = at == 0 || at + wanted.Length >= term.Length - 1;
                if (atEdge && wanted.Length < ShortestPart) return new TermMatch(ShortWordInCompound, 0, wanted.Length);
                if (atEdge && term.Length <= wanted.Length * 4) return new TermMatch(at == 0 ? ModifierOfCompound : PartOfCompound, 0, wanted.Length);
                if (wanted.Length >= 6) return new TermMatch(InsideCompound, 0, wanted.Length);
            }
        }
        else if (wanted.IndexOf(term, StringComparison.Ordinal) is var at and >= 0 && (at == 0 || at + term.Length >= wanted.Length - 1))
        {
            return new TermMatch(PartOfCompound * term.Length / wanted.Length, at, term.Length);
        }

        var shared = LongestShared(wanted, term);
        return shared >= ShortestShared && shared * 10 >= wanted.Length * 7 ? new TermMatch(SharedPart * shared / wanted.Length, 0, wanted.Length) : default;
    }

    /// <summary>Length of the longest run of letters that both have, which is what character 4-grams approximate: "beantragen", "Antragsfrist".</summary>
    private static int LongestShared(string left, string right)
    {
        var longest = 0;
        for (var i = 0; i + ShortestShared <= left.Length; i++)
        {
            for (var j = 0; j + ShortestShared <= right.Length; j++) longest = Math.Max(longest, left.AsSpan(i).CommonPrefixLength(right.AsSpan(j)));
        }

        return longest;
    }

    /// <summary>Strength of several matches of one question term together: the best, or its beginning and its end taken from two words.</summary>
    public static double Together(IEnumerable<TermMatch> matches, int wantedLength)
    {
        double best = 0;
        int head = 0, tail = 0;
        foreach (var match in matches)
        {
            best = Math.Max(best, match.Strength);
            if (match.Length >= wantedLength) continue;
            if (match.Start == 0) head = Math.Max(head, match.Length);
            else tail = Math.Max(tail, match.Length);
        }

        return head > 0 && tail > 0 ? Math.Max(best, PartOfCompound * Math.Min(1, (double)(head + tail) / wantedLength)) : best;
    }
}
