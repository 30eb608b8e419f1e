using System.Runtime.InteropServices;

namespace LLMoin.Inference.Scheduling;

/// <summary>One of the context's KV caches. When its answer is done it keeps what it holds, for whoever begins alike.</summary>
internal sealed class Sequence(int id)
{
    private readonly List<int> _held = [];

    public int Id { get; } = id;

    public GenerationTask? Owner { get; set; }

    /// <summary>Counts up; the smallest was not used for longest.</summary>
    public long LastUsed { get; set; }

    /// <summary>Tokens that the KV cache holds, from position 0.</summary>
    public ReadOnlySpan<int> Held => CollectionsMarshal.AsSpan(_held);

    public void Append(ReadOnlySpan<int> tokens) => _held.AddRange(tokens);

    public void Truncate(int count) => CollectionsMarshal.SetCount(_held, Math.Min(count, _held.Count));

    public void Replace(ReadOnlySpan<int> tokens)
    {
        _held.Clear();
        _held.AddRange(tokens);
    }
}
