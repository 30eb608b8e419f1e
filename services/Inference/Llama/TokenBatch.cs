using System.Runtime.InteropServices;
using LLMoin.Inference.Llama.Native;

namespace LLMoin.Inference.Llama;

/// <summary>Tokens of one step, in native memory that is allocated once and filled anew for each.</summary>
internal sealed unsafe class TokenBatch : IDisposable
{
    private readonly int _vocabularySize;
    private readonly int* _tokens;
    private readonly int* _positions;
    private readonly int* _counts;
    private readonly int* _sequences;
    private readonly int** _sequencePointers;
    private readonly sbyte* _outputs;
    private bool _freed;

    public TokenBatch(int capacity, int vocabularySize)
    {
        Capacity = capacity;
        _vocabularySize = vocabularySize;
        _tokens = Allocate<int>(capacity);
        _positions = Allocate<int>(capacity);
        _counts = Allocate<int>(capacity);
        _sequences = Allocate<int>(capacity);
        _sequencePointers = (int**)NativeMemory.Alloc((nuint)capacity, (nuint)sizeof(int*));
        _outputs = Allocate<sbyte>(capacity);
        for (var row = 0; row < capacity; row++)
        {
            _counts[row] = 1;
            _sequencePointers[row] = _sequences + row;
        }
    }

    public int Capacity { get; }

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    /// <returns>The row, which names the logits later.</returns>
    /// <exception cref="LlamaException">The batch is full, or the token is none of the vocabulary.</exception>
    public int Add(int token, int position, int sequence, bool output)
    {
        if (Count == Capacity)
            throw new LlamaException($"The step has its {Capacity} tokens already.");
        if ((uint)token >= (uint)_vocabularySize)
            throw new LlamaException($"There is no token {token}.");
        _tokens[Count] = token;
        _positions[Count] = position;
        _sequences[Count] = sequence;
        _outputs[Count] = output ? (sbyte)1 : (sbyte)0;
        return Count++;
    }

    public BatchView View() => new()
    {
        Tokens = Count,
        Token = _tokens,
        Position = _positions,
        SequenceCount = _counts,
        SequenceIds = _sequencePointers,
        Output = _outputs,
    };

    public void Dispose()
    {
        if (_freed)
            return;
        _freed = true;
        NativeMemory.Free(_tokens);
        NativeMemory.Free(_positions);
        NativeMemory.Free(_counts);
        NativeMemory.Free(_sequences);
        NativeMemory.Free(_sequencePointers);
        NativeMemory.Free(_outputs);
    }

    private static T* Allocate<T>(int count) where T : unmanaged => (T*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(T));
}
