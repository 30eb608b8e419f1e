using System.Text;

namespace LLMoin.Retrieval.Index.Text;

/// <param name="Term">As passages have it: a stem or a canonical writing.</param>
/// <param name="Word">Of a word, by whose parts it is found too; null for everything else.</param>
internal readonly record struct AskedTerm(string Term, Word? Word);

/// <summary>What a question asks for, before anything is known of the passages.</summary>
/// <param name="Terms">In the question's order, each once, without function words.</param>
/// <param name="Quotations">Of what stands in quotation marks the terms in order, function words included.</param>
internal sealed record AskedText(IReadOnlyList<AskedTerm> Terms, IReadOnlyList<IReadOnlyList<string>> Quotations)
{
    private const string Opening = "\"„“«»";
    private const string Closing = "\"“”»«";

    public static AskedText Read(string text)
    {
        // Stored text is normalised at upload, a query here.
        text = text.Normalize(NormalizationForm.FormC);
        var tokens = new List<SearchToken>();
        Tokenizer.Read(text, tokens);
        var terms = new OrderedDictionary<string, AskedTerm>(StringComparer.Ordinal);
        foreach (var token in tokens)
        {
            if (token.Exact is not null)
            {
                terms.TryAdd(token.Exact, new AskedTerm(token.Exact, null));
                continue;
            }

            var word = Word.Of(text[token.Start..token.End]);
            if (word.IsSilent)
                continue;
            terms.TryAdd(word.Stem, new AskedTerm(word.Stem, word.HasParts ? word : null));
            if (Laws.OtherName(word.Stem) is { } name)
                terms.TryAdd(name, new AskedTerm(name, null));
        }

        return new AskedText([.. terms.Values], [.. QuotationsIn(text, tokens)]);
    }

    private static IEnumerable<IReadOnlyList<string>> QuotationsIn(string text, List<SearchToken> tokens)
    {
        for (var open = text.AsSpan().IndexOfAny(Opening); open >= 0;)
        {
            var close = text.AsSpan(open + 1).IndexOfAny(Closing) + open + 1;
            if (close == open)
                yield break;
            yield return [.. tokens.Where(token => token.Start > open && token.End <= close && !token.Joined).Select(token => token.Exact ?? Word.Of(text[token.Start..token.End]).Stem)];
            open = text.AsSpan(close + 1).IndexOfAny(Opening) is >= 0 and var next ? close + 1 + next : -1;
        }
    }
}
