using System.Globalization;
using System.Text.Json;
using LLMoin.Retrieval.Index;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Benchmarks.Retrieval.Sets;

/// <summary>
/// A folder as BEIR keeps its sets (N. Thakur et al., "BEIR: A Heterogenous Benchmark for Zero-shot Evaluation of Information
/// Retrieval Models", 2021): <c>corpus.jsonl</c>, <c>queries.jsonl</c> and <c>qrels/*.tsv</c>, of which test.tsv counts where there is one.
/// </summary>
internal static class BeirSet
{
    public static QuestionSet Read(string folder)
    {
        var documents = new List<IndexedDocument>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(folder, "corpus.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var title = json.RootElement.TryGetProperty("title", out var given) ? given.GetString() ?? "" : "";
            numbers[Id(json.RootElement)] = documents.Count;
            documents.Add(new IndexedDocument(Guid.CreateVersion7(), [Principals.Tenant], null, title, [("", json.RootElement.GetProperty("text").GetString() ?? "")]));
        }

        var texts = File.ReadLines(Path.Combine(folder, "queries.jsonl")).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            return (Id: Id(json.RootElement), Text: json.RootElement.GetProperty("text").GetString() ?? "");
        }).ToDictionary(query => query.Id, query => query.Text);

        var files = Directory.GetFiles(Path.Combine(folder, "qrels"), "*.tsv");
        var questions = File.ReadLines(files.FirstOrDefault(file => Path.GetFileName(file) == "test.tsv") ?? files[0]).Skip(1)
            .Select(line => line.Split('\t'))
            .Where(columns => numbers.ContainsKey(columns[1]) && int.Parse(columns[2], CultureInfo.InvariantCulture) > 0)
            .GroupBy(columns => columns[0])
            .Select(rows => new Question(texts[rows.Key], "query", HeldOut: false,
                rows.ToDictionary(row => new Place(numbers[row[1]], 0), row => int.Parse(row[2], CultureInfo.InvariantCulture))));
        return new QuestionSet(Path.GetFileName(Path.GetFullPath(folder)), documents, [.. questions]);
    }

    private static string Id(JsonElement line) => line.GetProperty("_id") is { ValueKind: JsonValueKind.String } id ? id.GetString()! : line.GetProperty("_id").ToString();
}
