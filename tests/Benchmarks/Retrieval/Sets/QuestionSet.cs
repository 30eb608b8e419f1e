using LLMoin.Retrieval.Index;

namespace LLMoin.Benchmarks.Retrieval.Sets;

/// <summary>Where a passage stands: the document's place in the set and the passage's in the document.</summary>
internal readonly record struct Place(int Document, int Passage);

/// <param name="Kind">What it tests, e.g. <c>compound</c>.</param>
/// <param name="HeldOut">Kept apart: reported, never tuned to.</param>
/// <param name="Relevant">The passages that answer it and how well (1, or the grade of the qrels).</param>
internal sealed record Question(string Text, string Kind, bool HeldOut, IReadOnlyDictionary<Place, int> Relevant);

/// <summary>Documents cut into passages, questions, and which passages answer them.</summary>
internal sealed record QuestionSet(string Name, IReadOnlyList<IndexedDocument> Documents, IReadOnlyList<Question> Questions)
{
    /// <summary>Questions that no passage answers.</summary>
    public IReadOnlyList<string> Unanswerable { get; init; } = [];

    public int Passages => Documents.Sum(document => document.Passages.Count);

    /// <summary>Text to index in bytes of UTF-8.</summary>
    public long Bytes => Documents.Sum(document => document.Passages.Sum(passage =>
        (long)System.Text.Encoding.UTF8.GetByteCount(passage.Text) + System.Text.Encoding.UTF8.GetByteCount(passage.HeadingPath)));

    /// <summary>The German set, or what lies at a path: a BEIR folder, a SQuAD file, else a folder of own documents whose headings are asked.</summary>
    public static QuestionSet Read(string? path) => path switch
    {
        null => GermanSet.Read(),
        _ when File.Exists(path) => SquadSet.Read(path),
        _ when File.Exists(Path.Combine(path, "corpus.jsonl")) => BeirSet.Read(path),
        _ when Directory.Exists(path) => HeadingSet.Read(path),
        _ => throw new FileNotFoundException($"There is nothing at {path}."),
    };
}
