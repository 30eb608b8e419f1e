using System.Runtime.InteropServices;

namespace LLMoin.Inference.Llama;

/// <summary>What a sequence held, in native memory: these are many megabytes each, and gone when nobody needs them any more.</summary>
internal sealed unsafe class SavedState(long bytes) : IDisposable
{
    public byte* Pointer { get; private set; } = (byte*)NativeMemory.Alloc((nuint)bytes);

    public long Bytes { get; } = bytes;

    public void Dispose()
    {
        NativeMemory.Free(Pointer);
        Pointer = null;
    }
}
