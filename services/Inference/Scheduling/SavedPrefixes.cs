using LLMoin.Inference.Llama;

namespace LLMoin.Inference.Scheduling;

/// <summary>
/// KV caches put aside in main memory, so that more conversations than sequences find their beginning again. Within a budget; least
/// recently used out first.
/// </summary>
internal sealed class SavedPrefixes(long budget) : IDisposable
{
    private readonly LinkedList<SavedPrefix> _entries = [];

    /// <summary>Memory in use.</summary>
    public long Bytes { get; private set; }

    public bool Fits(long bytes) => bytes <= budget;

    /// <summary>Some saved one begins with these tokens.</summary>
    public bool Covers(ReadOnlySpan<int> tokens)
    {
        foreach (var entry in _entries)
            if (entry.Tokens.AsSpan().StartsWith(tokens))
                return true;
        return false;
    }

    public void Add(SavedPrefix prefix)
    {
        // What the new one contains needs no place of its own.
        for (var node = _entries.First; node is not null;)
        {
            var next = node.Next;
            if (prefix.Tokens.AsSpan().StartsWith(node.Value.Tokens))
                Remove(node);
            node = next;
        }
        _entries.AddFirst(prefix);
        Bytes += prefix.State.Bytes;
        while (Bytes > budget && _entries.Last is { } oldest)
            Remove(oldest);
    }

    /// <summary>The one that shares the longest beginning with the prompt, and how long that is.</summary>
    public (SavedPrefix? Prefix, int Common) Longest(ReadOnlySpan<int> prompt)
    {
        (SavedPrefix? Prefix, int Common) best = default;
        foreach (var entry in _entries)
            if (entry.Tokens.AsSpan().CommonPrefixLength(prompt) is var common && common > best.Common)
                best = (entry, common);
        return best;
    }

    /// <summary>It is of use.</summary>
    /// <returns>False when it is gone.</returns>
    public bool Touch(SavedPrefix prefix)
    {
        if (!_entries.Remove(prefix))
            return false;
        _entries.AddFirst(prefix);
        return true;
    }

    public void Dispose()
    {
        while (_entries.First is { } node)
            Remove(node);
    }

    private void Remove(LinkedListNode<SavedPrefix> node)
    {
        Bytes -= node.Value.State.Bytes;
        node.Value.State.Dispose();
        _entries.Remove(node);
    }
}

/// <param name="Tokens">What the state stands for.</param>
/// <param name="State">The KV cache after these tokens.</param>
internal sealed record SavedPrefix(int[] Tokens, SavedState State);
