using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LLMoin.Chat.Functions.Citing;
using LLMoin.Chat.Functions.Documents;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;

namespace LLMoin.Chat.Functions.Summaries;

/// <summary>Sections of a long summary as one text: each under a heading that says what it is of, with sources numbered through.</summary>
internal static class SectionJoin
{
    public static CitedText Of(IReadOnlyList<CitedText> sections, IReadOnlyList<IReadOnlyList<Portion>> portions, string language)
    {
        if (sections.Count == 1)
            return sections[0];
        var output = new StringBuilder();
        List<Citation> citations = [];
        List<string> quotes = [];
        List<Doubt> doubts = [];
        foreach (var (section, of) in sections.Zip(portions))
        {
            output.Append("## ").Append(Heading(of, language)).Append("\n\n");
            var shift = citations.Count;
            var text = CitationPattern.Numbers().Replace(section.Text, match => $"[{Number(match) + shift}]");
            doubts.AddRange(section.Doubts.Select(doubt => doubt with { Start = output.Length + Moved(section.Text, doubt.Start, shift), End = output.Length + Moved(section.Text, doubt.End, shift) }));
            citations.AddRange(section.Citations.Select(citation => citation with { Number = citation.Number + shift }));
            quotes.AddRange(section.Quotes);
            output.Append(text).Append("\n\n");
        }
        return new CitedText(output.ToString().TrimEnd(), citations, quotes, doubts);
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>Where a number grows by a digit, what stands behind it moves.</summary>
    private static int Moved(string text, int position, int shift)
        => position + CitationPattern.Numbers().Matches(text).Where(match => match.Index + match.Length <= position)
            .Sum(match => (Number(match) + shift).ToString(CultureInfo.InvariantCulture).Length - match.Groups[1].Length);

    private static string Heading(IReadOnlyList<Portion> portions, string language)
    {
        var (first, last) = (portions[0], portions[^1]);
        return first.Document == last.Document ? $"{first.Document.Title}{Place(first)}{(first.Page == last.Page ? "" : $"–{last.Page}")}"
            : $"{first.Document.Title}{Place(first)} – {last.Document.Title}{Place(last)}";

        string Place(Portion portion) => portion.Page is { } page ? $", {(language == "en" ? "page" : "Seite")} {page}" : "";
    }
}
