using System.Runtime.InteropServices;

namespace LLMoin.Retrieval.Index;

/// <param name="Document">Its document's number in the index.</param>
/// <param name="Length">Weighted number of words.</param>
internal readonly record struct IndexedPassage(int Document, int Ordinal, int Length);

/// <summary>The documents and passages of an index by number. A removed one keeps its number until the index is built anew.</summary>
internal sealed class PassageTable
{
    /// <summary>A posting is a passage's number and a frequency in 32 bits.</summary>
    public const int Most = 1 << 24;

    private const int BytesPerPassage = 52;

    private readonly Dictionary<Guid, int> _numbers = [];
    private readonly List<Entry> _documents = [];
    private readonly Readership _readership = new();
    private readonly List<IndexedPassage> _passages = [];
    private readonly List<byte[]> _sequences = [];
    private int _alive;
    private long _words;

    public int Count => _passages.Count;

    public bool IsEmpty => _alive == 0;

    public bool IsMostlyGone => _passages.Count > 1_000 && _alive < _passages.Count / 2;

    /// <summary>Of those not removed, in weighted words.</summary>
    public float AverageLength => Math.Max(1f, (float)_words / Math.Max(1, _alive));

    public ReadOnlySpan<IndexedPassage> Passages => CollectionsMarshal.AsSpan(_passages);

    public long Bytes { get; private set; }

    /// <summary>The passage's words in their order, as <see cref="TermSequence"/> packs them.</summary>
    public ReadOnlySpan<byte> Sequence(int passage) => _sequences[passage];

    public void Add(IndexedDocument document)
    {
        Remove(document.Id);
        _numbers[document.Id] = _documents.Count;
        _documents.Add(new Entry(document.Id, _readership.Of(document.Readers), document.Collection, _passages.Count, document.Passages.Count));
    }

    /// <summary>Adds the next passage of the document added last.</summary>
    /// <returns>The passage's number.</returns>
    public int Add(int length, byte[] sequence)
    {
        var number = _passages.Count;
        _passages.Add(new IndexedPassage(_documents.Count - 1, number - _documents[^1].First, length));
        _sequences.Add(sequence);
        _alive++;
        _words += length;
        Bytes += BytesPerPassage + sequence.Length;
        return number;
    }

    public void Remove(Guid id)
    {
        if (!_numbers.Remove(id, out var number))
            return;
        var gone = _documents[number];
        _documents[number] = gone with { Gone = true };
        _alive -= gone.Count;
        foreach (var passage in Passages.Slice(gone.First, gone.Count))
            _words -= passage.Length;
    }

    public void Share(Guid id, IReadOnlyList<string> readers, Guid? collection)
    {
        if (_numbers.TryGetValue(id, out var number))
            _documents[number] = _documents[number] with { Readers = _readership.Of(readers), Collection = collection };
    }

    /// <summary>Decides for each document whether who has these principals may find it and wants to.</summary>
    public void Admit(IReadOnlyCollection<string> principals, ChunkQuery query, Span<bool> admitted)
    {
        var held = _readership.Held(principals);
        for (var i = 0; i < _documents.Count; i++)
        {
            var document = _documents[i];
            admitted[i] = !document.Gone && Readership.Overlap(document.Readers, held) && query.Wants(document.Id, document.Collection);
        }
    }

    /// <summary>The number of a passage that is here; null for one that is not.</summary>
    public int? Find(Guid id, int ordinal)
        => _numbers.TryGetValue(id, out var number) && (uint)ordinal < (uint)_documents[number].Count ? _documents[number].First + ordinal : null;

    public int Documents => _documents.Count;

    public ChunkHit Hit(int passage, float score) => new(_documents[_passages[passage].Document].Id, _passages[passage].Ordinal, score);

    private readonly record struct Entry(Guid Id, int[] Readers, Guid? Collection, int First, int Count, bool Gone = false);
}
