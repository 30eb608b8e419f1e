using System.ComponentModel.DataAnnotations;

namespace LLMoin.Inference.Engines.Llama;

/// <summary>Section <c>Inference:Llama</c>: how the engine <c>llama</c> uses the machine.</summary>
internal sealed class LlamaOptions
{
    /// <summary><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>vulkan</c>.</summary>
    [Required, RegularExpression("auto|cpu|cuda|vulkan", ErrorMessage = "Inference:Llama:Backend is auto, cpu, cuda or vulkan.")]
    public string Backend { get; set; } = "auto";

    /// <summary>Compute threads; 0 for as many as cores, which is also the most.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }

    /// <summary>Tokens of prompt and answer together, where the catalogue says nothing and the model was trained for as many.</summary>
    [Range(256, 1 << 20)]
    public int ContextTokens { get; set; } = 8192;

    /// <summary>
    /// The same seed gives the same answer whatever else is computed with it, and whoever goes on with it, on a CPU and with weights in Q8_0.
    /// Slower: without flash attention, whose sums depend on the batch, and with two rows computed for each token that is written.
    /// </summary>
    public bool Reproducible { get; set; }

    /// <summary>Layers that go to the GPU; -1 for all.</summary>
    [Range(-1, 10_000)]
    public int GpuLayers { get; set; } = -1;

    /// <summary>Most megabytes for models and their caches together; 0 for four fifths of what the machine, or the GPU, has.</summary>
    [Range(0, int.MaxValue)]
    public int MemoryMegabytes { get; set; }

    /// <summary>Megabytes of main memory for the beginnings of conversations that have no slot at the moment.</summary>
    [Range(0, 1 << 20)]
    public int PrefixCacheMegabytes { get; set; } = 1024;
}
