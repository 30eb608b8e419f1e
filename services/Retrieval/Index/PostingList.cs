using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace LLMoin.Retrieval.Index;

/// <summary>A growing list of numbers that costs no array until it has two: half of all terms occur once. Use in place, not by copy.</summary>
internal struct PostingList
{
    private const int ArrayHeader = 24;

    private uint _first;
    private uint[]? _items;

    public int Count { readonly get; private set; }

    [UnscopedRef]
    public readonly ReadOnlySpan<uint> Items => _items is null ? MemoryMarshal.CreateReadOnlySpan(in _first, Count) : _items.AsSpan(0, Count);

    /// <returns>Bytes that it grew by.</returns>
    public int Add(uint item)
    {
        if (Count++ == 0)
        {
            _first = item;
            return 0;
        }

        var grown = 0;
        if (_items is null)
        {
            _items = [_first, 0, 0];
            grown = ArrayHeader + (sizeof(uint) * _items.Length);
        }
        else if (Count > _items.Length)
        {
            var more = 1 + (Count / 2);
            Array.Resize(ref _items, _items.Length + more);
            grown = sizeof(uint) * more;
        }

        _items[Count - 1] = item;
        return grown;
    }
}
