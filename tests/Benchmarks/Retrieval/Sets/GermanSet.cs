using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using LLMoin.Retrieval.Index;
using LLMoin.Retrieval.Ingestion;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Benchmarks.Retrieval.Sets;

/// <summary>
/// The project's own German set: the sample documents and those beside this file, cut as the service cuts them, with the questions of
/// both. A passage answers a question if it is of the named document and contains the named text.
/// </summary>
internal static partial class GermanSet
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static IEnumerable<string> Folders => [Path.Combine(Repository(), "samples"), Path.Combine(Repository(), "tests/Benchmarks/Retrieval/German")];

    /// <summary>The documents as they are.</summary>
    public static IEnumerable<string> Texts() => Files().Select(File.ReadAllText);

    public static QuestionSet Read()
    {
        var files = Files();
        var documents = files.Select(file => Cut(Path.GetFileName(file), File.ReadAllText(file))).ToList();
        var numbers = files.Select((file, number) => (file, number)).ToDictionary(item => Path.GetFileName(item.file), item => item.number);
        var lines = Folders.SelectMany(folder => File.ReadLines(Path.Combine(folder, "questions.jsonl")))
            .Select(line => JsonSerializer.Deserialize<Line>(line, Json)!).ToList();
        var questions = lines
            .Where(line => line.Document is not null && line.AnswerContains is { Length: > 0 })
            .Select(line => new Question(line.Question, line.Kind ?? "question", line.HeldOut, Answers(line, numbers[line.Document!], documents))).ToList();
        return questions.Find(question => question.Relevant.Count == 0) is { } lost
            ? throw new InvalidDataException($"No passage answers \"{lost.Text}\".")
            : new QuestionSet("German administration", documents, questions) { Unanswerable = [.. lines.Where(line => line.Document is null).Select(line => line.Question)] };
    }

    /// <summary>As the service does: the title is the first heading, else the file's name.</summary>
    internal static IndexedDocument Cut(string name, string text)
    {
        var chunks = Chunker.Split(text);
        var title = chunks.Count > 0 && chunks[0].HeadingPath is [var first, ..] ? first : Path.GetFileNameWithoutExtension(name);
        return new IndexedDocument(Guid.CreateVersion7(), [Principals.Tenant], null, title, [.. chunks.Select(chunk => (string.Join(' ', chunk.HeadingPath), chunk.In(text)))]);
    }

    private static List<string> Files() => [.. Folders.SelectMany(Directory.GetFiles).Where(IsDocument).Order(StringComparer.Ordinal)];

    private static bool IsDocument(string file) => Path.GetExtension(file) is ".md" or ".txt" && Path.GetFileName(file) != "README.md";

    private static Dictionary<Place, int> Answers(Line line, int document, List<IndexedDocument> documents)
        => documents[document].Passages
            .Select((passage, number) => (Place: new Place(document, number), Text: Space().Replace(passage.HeadingPath + " " + passage.Text, " ")))
            .Where(item => line.AnswerContains!.Any(part => item.Text.Contains(part, StringComparison.Ordinal)))
            .ToDictionary(item => item.Place, _ => 1);

    private static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../.."));

    private sealed record Line(string Question, string? Document, string[]? AnswerContains, string? Kind, bool HeldOut);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
