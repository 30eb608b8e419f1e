using System.Text.RegularExpressions;
using LLMoin.Extractive.Sentences;
using LLMoin.Extractive.Text;

namespace LLMoin.Extractive.Questions;

/// <summary>
/// A sentence of a passage with the fields it is scored by: its own terms, those of the headings above it (the passage's path and
/// headings inside the passage), the document's title, and its neighbours in the passage.
/// </summary>
internal sealed partial class PassageSentence
{
    public required int Passage { get; init; }

    public required Sentence Span { get; init; }

    public required string Text { get; init; }

    /// <summary>The header of the table this row stands in.</summary>
    public string? TableHeader { get; init; }

    public required IReadOnlyDictionary<string, int> Own { get; init; }

    public required IReadOnlySet<string> Headings { get; init; }

    public required IReadOnlySet<string> Title { get; init; }

    public required int TokenCount { get; init; }

    /// <summary>Place in the passage among sentences that can be quoted, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>The sentence ending with a colon that opens the list or table this one stands in.</summary>
    public PassageSentence? Lead { get; init; }

    /// <summary>Neither sentence nor list: a letterhead, a signature, a caption.</summary>
    public bool IsFragment => Span.Kind == SentenceKind.Prose && Text.AsSpan().TrimEnd("*_“\"«» ") is [.., not ('.' or '!' or '?' or ':' or ';' or '…')];

    /// <summary>Begins with a word that points back ("Es kann im Rathaus eingesehen werden."): it says little without the sentence before.</summary>
    public bool PointsBack => Previous is { } before && before.Span.Block == Span.Block && PointingBack().IsMatch(Text);

    public PassageSentence? Previous { get; private set; }

    public PassageSentence? Next { get; private set; }

    public bool IsQuestion => Text.EndsWith('?') || Text.EndsWith("?**", StringComparison.Ordinal) || Text.EndsWith("?“", StringComparison.Ordinal);

    public static List<PassageSentence> Read(IReadOnlyList<Passage> passages)
    {
        var all = new List<PassageSentence>();
        for (var index = 0; index < passages.Count; index++) Read(passages[index], index, all);
        return all;
    }

    private static void Read(Passage passage, int index, List<PassageSentence> all)
    {
        var title = Terms(passage.Title);
        var path = Terms(passage.HeadingPath ?? "");
        var headings = path;
        string? header = null;
        PassageSentence? previous = null, lead = null;
        var position = 0;
        foreach (var span in SentenceSplitter.Split(passage.Text))
        {
            var text = span.In(passage.Text);
            if (span.Kind == SentenceKind.Heading) headings = [.. path, .. Terms(text)];
            if (span.Kind == SentenceKind.TableHeader) header = text;
            else if (span.Kind != SentenceKind.TableRow) header = null;
            if (span.Kind is SentenceKind.Heading or SentenceKind.Prose || lead is not null && OpensNextParagraph(passage.Text, lead.Span, span)) lead = null;
            if (span.Kind is SentenceKind.Heading or SentenceKind.TableHeader) continue;
            var tokens = Content(text).ToList();
            if (tokens.Count == 0) continue;
            var sentence = new PassageSentence
            {
                Passage = index,
                Span = span,
                Text = text,
                TableHeader = header,
                Own = tokens.GroupBy(term => term).ToDictionary(term => term.Key, term => term.Count()),
                Headings = new HashSet<string>([.. headings, .. Terms(header ?? ""), .. lead?.Own.Keys ?? []]),
                Lead = lead,
                Title = title,
                TokenCount = tokens.Count,
                Position = position++,
                Previous = previous,
            };
            if (previous is not null) previous.Next = sentence;
            all.Add(previous = sentence);
            if (span.Kind is SentenceKind.Prose or SentenceKind.ListItem && text.EndsWith(':')) lead = sentence;
        }
    }

    /// <summary>"(2)" after "(1) Folgende …: - a - b" is no item of that list.</summary>
    private static bool OpensNextParagraph(string text, Sentence lead, Sentence span)
        => lead.Kind == SentenceKind.ListItem && span.Kind == SentenceKind.ListItem && span.Block != lead.Block && Marker(text, lead.Start) == Marker(text, span.Start);

    private static string Marker(string text, int start)
    {
        var line = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
        return string.Concat(text[line..start].Where(sign => !char.IsDigit(sign)));
    }

    [GeneratedRegex(@"^(\(\d+\) )?(Es|Er|Sie|Das|Dies|Diese[rsmn]?|Dazu|Dafür|Darin|Danach|Dabei|Damit|Hierfür|Hierzu|Dort|Dann|Davon|Ihm|Ihr|Deren|Dessen|It|This|They|These)\b")]
    private static partial Regex PointingBack();

    private static HashSet<string> Terms(string text) => [.. Content(text)];

    private static IEnumerable<string> Content(string text) => GermanTokens.Read(text).Where(token => !token.IsStopWord).Select(token => token.Term);
}
