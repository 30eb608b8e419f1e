using LLMoin.Inference.Llama.Native;

namespace LLMoin.Inference.Llama;

/// <summary>
/// One set of compute threads for all models of the process, and the turn to use it: two graphs at once would only fight for the cores.
/// The threads stay, as starting them for each step costs more than the step of a small model.
/// </summary>
internal sealed unsafe class ComputePool
{
    private readonly nint _threads;

    public ComputePool(int threads)
    {
        var cpu = Enumerable.Range(0, (int)LlamaNative.ggml_backend_dev_count())
            .Select(index => LlamaNative.ggml_backend_dev_get((nuint)index))
            .First(device => (DeviceType)LlamaNative.ggml_backend_dev_type(device) == DeviceType.Cpu);
        var create = (delegate* unmanaged[Cdecl]<ThreadPoolParams*, nint>)LlamaNative.ggml_backend_reg_get_proc_address(
            LlamaNative.ggml_backend_dev_backend_reg(cpu), "ggml_threadpool_new");
        ThreadPoolParams parameters;
        LlamaNative.ggml_threadpool_params_init(&parameters, threads);
        _threads = create is null ? 0 : create(&parameters);
        if (_threads == 0)
            throw new LlamaException("ggml could not start its compute threads.");
        Threads = threads;
    }

    public int Threads { get; }

    /// <summary>Held for one step.</summary>
    public ComputeTurn Turn { get; } = new();

    /// <summary>Lets a context compute on these threads.</summary>
    public void Attach(ContextHandle context) => LlamaNative.llama_attach_threadpool(context, _threads, _threads);
}
