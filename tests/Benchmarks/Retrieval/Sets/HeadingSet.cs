using LLMoin.Retrieval.Index;
using LLMoin.Retrieval.Ingestion;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Benchmarks.Retrieval.Sets;

/// <summary>
/// Any folder of .md and .txt documents, without anyone having judged anything: each passage's innermost heading is asked and left out of
/// the index, and the passages under it are the answers. No substitute for real questions, but it measures on one's own documents.
/// </summary>
internal static class HeadingSet
{
    private const int ShortestHeading = 12;

    public static QuestionSet Read(string folder)
    {
        var documents = new List<IndexedDocument>();
        var answers = new Dictionary<string, Dictionary<Place, int>>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => file.EndsWith(".md", StringComparison.Ordinal) || file.EndsWith(".txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            var passages = new List<(string, string)>();
            foreach (var chunk in Chunker.Split(text))
            {
                var heading = chunk.HeadingPath.Count > 1 ? chunk.HeadingPath[^1] : "";
                if (heading.Length >= ShortestHeading && !chunk.In(text).Contains(heading, StringComparison.Ordinal))
                    (answers.TryGetValue(heading, out var places) ? places : answers[heading] = [])[new Place(documents.Count, passages.Count)] = 1;
                passages.Add((string.Join(' ', chunk.HeadingPath.SkipLast(1)), chunk.In(text)));
            }

            if (passages.Count > 0)
                documents.Add(new IndexedDocument(Guid.CreateVersion7(), [Principals.Tenant], null, Path.GetFileNameWithoutExtension(file), passages));
        }

        // A heading with many passages ("Einleitung") names nothing in particular.
        return new QuestionSet(Path.GetFileName(Path.GetFullPath(folder)) + ", by headings", documents,
            [.. answers.Where(answer => answer.Value.Count <= 3).Select(answer => new Question(answer.Key, "heading", HeldOut: false, answer.Value))]);
    }
}
