using System.Runtime.InteropServices;

namespace LLMoin.Inference.Llama.Native;

/// <summary>
/// llama.cpp's structs change silently between versions, and a wrong layout corrupts memory. So the library must be the version these
/// bindings were written for, and fields all over its default parameters must have the values it gives them.
/// </summary>
internal static unsafe class NativeCheck
{
    private const string Version = "0.5.0";

    /// <exception cref="LlamaException">Another version, or another layout.</exception>
    public static void Run()
    {
        var version = Marshal.PtrToStringUTF8((nint)LlamaNative.llama_version()) ?? "";
        if (!version.TrimStart('v').StartsWith(Version, StringComparison.Ordinal))
            throw new LlamaException($"llama.cpp is version {version}; these bindings are for {Version}.");

        Size<ModelParams>(80);
        Size<ContextParams>(160);
        Size<BatchView>(56);
        Size<TokenData>(12);
        Size<TokenDataArray>(32);
        Size<ThreadPoolParams>(528);

        var context = LlamaNative.llama_context_default_params();
        var model = LlamaNative.llama_model_default_params();
        if (context is not { Context: 512, Batch: 2048, MicroBatch: 512, MaxSequences: 1, TypeK: 1, TypeV: 1, OffloadKqv: 1, UnifiedKv: 0, Embeddings: 0 }
            || model is not { VocabularyOnly: 0, CheckTensors: 0, UseExtraBufferTypes: 1 })
            throw new LlamaException("llama.cpp's parameters are not laid out as these bindings expect; it was built from other sources.");
    }

    private static void Size<T>(int expected) where T : unmanaged
    {
        if (sizeof(T) != expected)
            throw new LlamaException($"{typeof(T).Name} has {sizeof(T)} bytes here instead of {expected}.");
    }
}
