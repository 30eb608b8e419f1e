using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LLMoin.Inference.Llama.Native;

namespace LLMoin.Inference.Llama;

/// <summary>Weights in memory, and their vocabulary.</summary>
internal sealed unsafe class LlamaModel : IDisposable
{
    private LlamaModel(ModelHandle handle)
    {
        Handle = handle;
        Vocabulary = new LlamaVocabulary(handle);
        TrainedContext = LlamaNative.llama_model_n_ctx_train(handle);
        Dimensions = LlamaNative.llama_model_n_embd(handle);
        ForgetsInPart = LlamaNative.llama_model_is_recurrent(handle) == 0 && LlamaNative.llama_model_is_hybrid(handle) == 0;
        Bytes = (long)LlamaNative.llama_model_size(handle);
    }

    public ModelHandle Handle { get; }

    public LlamaVocabulary Vocabulary { get; }

    /// <summary>Tokens of context that it was trained for.</summary>
    public int TrainedContext { get; }

    /// <summary>Length of a hidden vector.</summary>
    public int Dimensions { get; }

    /// <summary>A sequence can be cut short; models with a recurrent state can only begin anew.</summary>
    public bool ForgetsInPart { get; }

    /// <summary>Numbers that a rank model gives for a pair; with one it is a logit, with more a probability comes first.</summary>
    public int RankOutputs => (int)LlamaNative.llama_model_n_cls_out(Handle);

    /// <summary>Size of the weights.</summary>
    public long Bytes { get; }

    /// <param name="path">A GGUF file whose header has been checked.</param>
    /// <param name="gpuLayers">Layers that go to the GPU; -1 for all.</param>
    /// <param name="cancellation">Ends the load between two tensors.</param>
    /// <exception cref="LlamaException">llama.cpp cannot load it; the message names the file and its reason.</exception>
    public static LlamaModel Load(string path, int gpuLayers, CancellationToken cancellation)
    {
        LlamaLog.ForgetErrors();
        var parameters = LlamaNative.llama_model_default_params();
        parameters.GpuLayers = gpuLayers;
        var token = GCHandle.Alloc(cancellation);
        parameters.Progress = &GoOn;
        parameters.ProgressData = (void*)GCHandle.ToIntPtr(token);
        var model = LlamaNative.llama_model_load_from_file(path, parameters);
        token.Free();
        cancellation.ThrowIfCancellationRequested();
        return model != 0
            ? new LlamaModel(new ModelHandle(model))
            : throw new LlamaException($"{Path.GetFileName(path)} cannot be loaded: {LlamaLog.Errors()}.");
    }

    /// <summary>A Jinja template from the file; null where it has none of that name.</summary>
    /// <param name="name"><c>rerank</c>, <c>tool_use</c> …; null for the one for chats.</param>
    public string? Template(string? name) => Marshal.PtrToStringUTF8((nint)LlamaNative.llama_model_chat_template(Handle, name));

    public void Dispose() => Handle.Dispose();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte GoOn(float progress, void* data)
        => ((CancellationToken)GCHandle.FromIntPtr((nint)data).Target!).IsCancellationRequested ? (byte)0 : (byte)1;
}
