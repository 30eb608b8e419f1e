using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace LLMoin.Inference.Llama.Native;

/// <summary>The functions of llama.cpp and ggml that the worker calls, under their own names; <see cref="NativeLibraries"/> finds them.</summary>
internal static unsafe partial class LlamaNative
{
    internal const string Llama = "llama";
    internal const string Ggml = "ggml";
    internal const string GgmlBase = "ggml-base";

    // Start and devices
    [LibraryImport(Llama)] internal static partial byte* llama_version();
    [LibraryImport(Llama)] internal static partial void llama_log_set(delegate* unmanaged[Cdecl]<int, byte*, void*, void> log, void* data);
    [LibraryImport(Llama)] internal static partial void llama_backend_init();
    [LibraryImport(Ggml, StringMarshalling = StringMarshalling.Utf8)] internal static partial void ggml_backend_load_all_from_path(string directory);
    [LibraryImport(Ggml, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint ggml_backend_load(string path);
    [LibraryImport(Ggml)] internal static partial nuint ggml_backend_dev_count();
    [LibraryImport(Ggml)] internal static partial nint ggml_backend_dev_get(nuint index);
    [LibraryImport(GgmlBase)] internal static partial byte* ggml_backend_dev_name(nint device);
    [LibraryImport(GgmlBase)] internal static partial byte* ggml_backend_dev_description(nint device);
    [LibraryImport(GgmlBase)] internal static partial int ggml_backend_dev_type(nint device);
    [LibraryImport(GgmlBase)] internal static partial void ggml_backend_dev_memory(nint device, nuint* free, nuint* total);
    [LibraryImport(GgmlBase)] internal static partial nint ggml_backend_dev_backend_reg(nint device);
    [LibraryImport(GgmlBase, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint ggml_backend_reg_get_proc_address(nint registry, string name);
    [LibraryImport(GgmlBase)] internal static partial void ggml_threadpool_params_init(ThreadPoolParams* parameters, int threads);

    // Models
    [LibraryImport(Llama)] internal static partial ModelParams llama_model_default_params();
    [LibraryImport(Llama, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint llama_model_load_from_file(string path, ModelParams parameters);
    [LibraryImport(Llama)] internal static partial void llama_model_free(nint model);
    [LibraryImport(Llama)] internal static partial nint llama_model_get_vocab(ModelHandle model);
    [LibraryImport(Llama)] internal static partial int llama_model_n_ctx_train(ModelHandle model);
    [LibraryImport(Llama)] internal static partial int llama_model_n_embd(ModelHandle model);
    [LibraryImport(Llama)] internal static partial uint llama_model_n_cls_out(ModelHandle model);
    [LibraryImport(Llama)] internal static partial ulong llama_model_size(ModelHandle model);
    [LibraryImport(Llama)] internal static partial byte llama_model_is_recurrent(ModelHandle model);
    [LibraryImport(Llama)] internal static partial byte llama_model_is_hybrid(ModelHandle model);
    [LibraryImport(Llama, StringMarshalling = StringMarshalling.Utf8)] internal static partial byte* llama_model_chat_template(ModelHandle model, string? name);

    // Vocabulary; its pointer belongs to the model
    [LibraryImport(Llama)] internal static partial int llama_vocab_n_tokens(nint vocabulary);
    [LibraryImport(Llama)] internal static partial int llama_vocab_bos(nint vocabulary);
    [LibraryImport(Llama)] internal static partial int llama_vocab_eos(nint vocabulary);
    [LibraryImport(Llama)] internal static partial int llama_vocab_sep(nint vocabulary);
    [LibraryImport(Llama)] internal static partial byte llama_vocab_get_add_bos(nint vocabulary);
    [LibraryImport(Llama)] internal static partial byte llama_vocab_is_eog(nint vocabulary, int token);
    [LibraryImport(Llama)] internal static partial byte llama_vocab_is_control(nint vocabulary, int token);
    [LibraryImport(Llama)] internal static partial int llama_tokenize(nint vocabulary, byte* text, int length, int* tokens, int capacity, byte addSpecial, byte parseSpecial);
    [LibraryImport(Llama)] internal static partial int llama_token_to_piece(nint vocabulary, int token, byte* buffer, int length, int leftStrip, byte special);

    // Contexts
    [LibraryImport(Llama)] internal static partial ContextParams llama_context_default_params();
    [LibraryImport(Llama)] internal static partial nint llama_init_from_model(ModelHandle model, ContextParams parameters);
    [LibraryImport(Llama)] internal static partial void llama_free(nint context);
    [LibraryImport(Llama)] internal static partial uint llama_n_ctx_seq(ContextHandle context);
    [LibraryImport(Llama)] internal static partial uint llama_n_batch(ContextHandle context);
    [LibraryImport(Llama)] internal static partial int llama_pooling_type(ContextHandle context);
    [LibraryImport(Llama)] internal static partial nint llama_get_memory(ContextHandle context);
    [LibraryImport(Llama)] internal static partial void llama_attach_threadpool(ContextHandle context, nint pool, nint batchPool);
    [LibraryImport(Llama)] internal static partial int llama_decode(ContextHandle context, BatchView batch);
    [LibraryImport(Llama)] internal static partial float* llama_get_logits_ith(ContextHandle context, int row);
    [LibraryImport(Llama)] internal static partial float* llama_get_embeddings_seq(ContextHandle context, int sequence);

    // Memory (KV cache); its pointer belongs to the context
    [LibraryImport(Llama)] internal static partial void llama_memory_clear(nint memory, byte data);
    [LibraryImport(Llama)] internal static partial byte llama_memory_seq_rm(nint memory, int sequence, int from, int to);
    [LibraryImport(Llama)] internal static partial void llama_memory_seq_cp(nint memory, int source, int target, int from, int to);
    [LibraryImport(Llama)] internal static partial int llama_memory_seq_pos_max(nint memory, int sequence);
    [LibraryImport(Llama)] internal static partial nuint llama_state_seq_get_size(ContextHandle context, int sequence);
    [LibraryImport(Llama)] internal static partial nuint llama_state_seq_get_data(ContextHandle context, byte* target, nuint size, int sequence);
    [LibraryImport(Llama)] internal static partial nuint llama_state_seq_set_data(ContextHandle context, byte* source, nuint size, int sequence);

    // Grammars
    [LibraryImport(Llama, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint llama_sampler_init_grammar(nint vocabulary, string grammar, string root);
    [LibraryImport(Llama)] internal static partial void llama_sampler_apply(GrammarHandle grammar, TokenDataArray* candidates);
    [LibraryImport(Llama)] internal static partial void llama_sampler_accept(GrammarHandle grammar, int token);
    [LibraryImport(Llama)] internal static partial void llama_sampler_free(nint sampler);
}
