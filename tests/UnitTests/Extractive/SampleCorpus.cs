using System.Text.Json;
using LLMoin.Extractive;
using LLMoin.Extractive.Sentences;
using LLMoin.Extractive.Text;

namespace LLMoin.UnitTests.Extractive;

internal sealed record SampleQuestion(string Question, string? Document, string[]? AnswerContains, string? Section, bool HeldOut);

/// <summary>The documents and questions under samples/, cut into passages at their headings.</summary>
internal static class SampleCorpus
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "samples");
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IReadOnlyDictionary<string, string> Documents { get; } = Directory.GetFiles(Folder)
        .Where(file => Path.GetFileName(file) != "README.md" && Path.GetExtension(file) is ".md" or ".txt")
        .Order(StringComparer.Ordinal).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    public static IReadOnlyList<SampleQuestion> Questions { get; } = [.. File.ReadLines(Path.Combine(Folder, "questions.jsonl"))
        .Select(line => JsonSerializer.Deserialize<SampleQuestion>(line, Json)!)];

    private static readonly List<(string Document, Passage Passage)> Passages = [.. Documents.SelectMany(document => Cut(document.Key, document.Value))];

    /// <summary>All passages of the question's document among the six nearest of other documents, in an order that gives nothing away.</summary>
    public static List<Passage> WithDistractors(SampleQuestion question)
        => Numbered(Passages.Where(item => item.Document == question.Document).Select(item => item.Passage)
            .Concat(Nearest(question.Question, 6, item => item != question.Document)).OrderBy(passage => passage.Text.Length % 7));

    /// <summary>What a plain search over all documents would hand over.</summary>
    public static List<Passage> Retrieved(string question, int count) => Numbered(Nearest(question, count, _ => true));

    private static List<Passage> Numbered(IEnumerable<Passage> passages) => [.. passages.Select((passage, i) => passage with { Number = i + 1 })];

    private static IEnumerable<Passage> Nearest(string question, int count, Func<string, bool> from)
    {
        var asked = GermanTokens.Read(question).Where(token => !token.IsStopWord).Select(token => token.Term).Distinct().ToList();
        return Passages.Where(item => from(item.Document)).OrderByDescending(item => asked.Sum(term => Weight(term, item.Passage))).Take(count).Select(item => item.Passage);
    }

    private static double Weight(string term, Passage passage)
    {
        var frequency = Terms[passage].Count(own => own == term || own.Length > term.Length && term.Length > 4 && own.Contains(term, StringComparison.Ordinal));
        return frequency / (frequency + 1.2) * Math.Log(1 + Passages.Count / (Holding.GetValueOrDefault(term) + 0.5));
    }

    private static readonly Dictionary<Passage, List<string>> Terms = Passages.ToDictionary(
        item => item.Passage, item => GermanTokens.Read(item.Passage.HeadingPath + " " + item.Passage.Text).Select(token => token.Term).ToList());

    private static readonly Dictionary<string, int> Holding = Terms.Values.SelectMany(terms => terms.Distinct()).GroupBy(term => term).ToDictionary(term => term.Key, term => term.Count());

    private static IEnumerable<(string, Passage)> Cut(string name, string text)
    {
        var title = text.StartsWith('#') ? text.TrimStart('#', ' ').Split('\n')[0].Trim() : Path.GetFileNameWithoutExtension(name).Replace('-', ' ');
        var path = new List<(int Level, string Text)>();
        var start = 0;
        foreach (var span in SentenceSplitter.Split(text).Append(new Sentence(text.Length, 0, SentenceKind.Heading, -1)))
        {
            if (span.Kind != SentenceKind.Heading) continue;
            var line = text.LastIndexOf('\n', Math.Max(0, span.Start - 1)) + 1;
            var body = span.Length == 0 ? text[start..] : text[start..Math.Max(start, line)];
            if (body.Trim().Length > 0) yield return (name, new Passage(0, title, string.Join(" > ", path.Select(item => item.Text)), body.Trim()));
            var level = text.AsSpan(Math.Min(line, text.Length)).IndexOfAnyExcept('#') is var marks and > 0 && text[line] == '#' ? marks : 1;
            path.RemoveAll(item => item.Level >= level);
            path.Add((level, span.In(text)));
            start = span.End;
        }
    }
}
