using System.Text;
using LLMoin.Chat.Sources.Evidence;
using LLMoin.Extractive.Text;

namespace LLMoin.Chat.Functions.Drafts;

/// <summary>Holds a draft against its order: nothing invented, nothing left out, what is missing visible. By words alone, as <see cref="EvidenceCheck"/>.</summary>
/// <param name="Text">The draft, in which a figure, date, reference or file number that is not from the order stands as <c>[prüfen: …]</c>.</param>
/// <param name="Invented">Those figures, as the model wrote them.</param>
/// <param name="Missing">Required points that the draft does not seem to make.</param>
/// <param name="Placeholders">What still has to be filled in, as it stands in square brackets.</param>
internal sealed record DraftCheck(string Text, IReadOnlyList<string> Invented, IReadOnlyList<string> Missing, IReadOnlyList<string> Placeholders)
{
    /// <summary>Of a point's words so many must be in the draft.</summary>
    private const double LeastShare = 0.6;

    public static DraftCheck Of(string draft, DraftOrder order)
    {
        var given = new SourceText(Given(order));
        List<string> invented = [];
        var output = new StringBuilder();
        var at = 0;
        foreach (var fact in GermanTokens.Read(draft).Where(token => IsFact(token) && !IsInBrackets(draft, token.Start) && !IsEnumeration(draft, token) && !given.Has(token)))
        {
            var written = draft.Substring(fact.Start, fact.Length);
            output.Append(draft, at, fact.Start - at).Append(order.Language == "en" ? "[check: " : "[prüfen: ").Append(written).Append(']');
            at = fact.Start + fact.Length;
            invented.Add(written);
        }
        var text = output.Append(draft, at, draft.Length - at).ToString();
        return new DraftCheck(text, [.. invented.Distinct()], Missed(draft, order.MustHave ?? []), Placeholder.In(text));
    }

    private static IEnumerable<string> Given(DraftOrder order)
        => [order.Keywords, .. order.MustHave ?? [], order.Subject ?? "", .. order.Recipient ?? [], .. order.Sender ?? [], order.Reference ?? "", order.Salutation ?? "",
            order.Closing ?? "", order.Date?.ToString("dd.MM.yyyy", System.Globalization.CultureInfo.InvariantCulture) ?? ""];

    private static IReadOnlyList<string> Missed(string draft, IReadOnlyList<string> points)
    {
        var said = new SourceText([draft]);
        return [.. points.Where(point => !Makes(said, GermanTokens.Read(point)))];
    }

    private static bool Makes(SourceText said, IReadOnlyList<Token> point)
    {
        List<Token> words = [.. point.Where(token => token.Kind == TokenKind.Word && !token.IsStopWord)];
        return point.Where(IsFact).All(said.Has) && words.Count(said.Says) >= LeastShare * words.Count;
    }

    /// <summary>A number in letters may be meant as a word: "ein Antrag".</summary>
    private static bool IsFact(Token token) => token.Kind != TokenKind.Word && (token.Kind != TokenKind.Number || char.IsDigit(token.Folded[0]));

    private static bool IsInBrackets(string text, int position)
        => text.LastIndexOf('[', position) is >= 0 and var open && text.IndexOf(']', open) > position && text.IndexOf('\n', open, position - open) < 0;

    /// <summary>"1." at the beginning of a line counts, and says nothing.</summary>
    private static bool IsEnumeration(string text, Token token)
    {
        var before = text.AsSpan(0, token.Start).TrimEnd([' ', '\t', '#', '-', '*']);
        var end = token.Start + token.Length;
        return token.Kind == TokenKind.Number && token.Length <= 2 && (before.IsEmpty || before[^1] == '\n') && end < text.Length && text[end] is '.' or ')';
    }
}
