using System.Globalization;

namespace LLMoin.TestModels;

/// <summary>
/// A language model with random weights: it talks nonsense, but computes as a trained one of its shape does. Q8_0 throughout and all
/// dimensions multiples of 32, so that batched results equal single ones bit for bit.
/// </summary>
public sealed record RandomModel
{
    /// <summary>About 4 MB; loads in milliseconds.</summary>
    public static RandomModel Tiny { get; } = new();

    /// <summary>The shape of Qwen2.5-0.5B, 530 MB.</summary>
    public static RandomModel HalfBillion { get; } = new()
    {
        Architecture = "qwen2",
        Layers = 24,
        Width = 896,
        FeedForward = 4864,
        Heads = 14,
        KeyValueHeads = 2,
        VocabularySize = 151_936,
        Context = 32_768,
        RopeBase = 1_000_000,
        Tied = true,
    };

    public string Architecture { get; init; } = "llama";

    public int Layers { get; init; } = 2;

    public int Width { get; init; } = 256;

    public int FeedForward { get; init; } = 512;

    public int Heads { get; init; } = 4;

    public int KeyValueHeads { get; init; } = 2;

    public int VocabularySize { get; init; } = 640;

    public int Context { get; init; } = 8192;

    public float RopeBase { get; init; } = 10_000;

    /// <summary>The output uses the embedding's weights.</summary>
    public bool Tied { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>null: none in the file.</summary>
    public string? ChatTemplate { get; init; } =
        "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    /// <summary>llama.cpp's pooling type; set for embedding (1 mean, 3 last) and rank (4) models.</summary>
    public int? Pooling { get; init; }

    private int HeadWidth => Width / Heads;

    /// <summary>Writes the file unless it is there already; the same record always gives the same bytes.</summary>
    public string WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"random-{Architecture}-{Width}x{Layers}-{Pooling?.ToString(CultureInfo.InvariantCulture) ?? "chat"}-{Seed}.gguf"));
        if (File.Exists(path))
            return path;
        // Of its own for each writer: test classes run side by side, in one process and in several.
        var part = $"{path}.{Guid.NewGuid():n}";
        Describe().Save(part);
        File.Move(part, path, overwrite: true);
        return path;
    }

    private GgufWriter Describe()
    {
        var file = new GgufWriter();
        file.Add("general.architecture", Architecture);
        file.Add("general.name", $"random {Architecture} {Width}x{Layers}");
        file.Add("general.file_type", 7u);
        file.Add("general.quantization_version", 2u);
        file.Add($"{Architecture}.context_length", (uint)Context);
        file.Add($"{Architecture}.embedding_length", (uint)Width);
        file.Add($"{Architecture}.block_count", (uint)Layers);
        file.Add($"{Architecture}.feed_forward_length", (uint)FeedForward);
        file.Add($"{Architecture}.attention.head_count", (uint)Heads);
        file.Add($"{Architecture}.attention.head_count_kv", (uint)KeyValueHeads);
        file.Add($"{Architecture}.attention.layer_norm_rms_epsilon", 1e-6f);
        file.Add($"{Architecture}.rope.freq_base", RopeBase);
        file.Add($"{Architecture}.rope.dimension_count", (uint)HeadWidth);
        file.Add($"{Architecture}.vocab_size", (uint)VocabularySize);
        if (Pooling is { } pooling)
            file.Add($"{Architecture}.pooling_type", (uint)pooling);
        DescribeVocabulary(file, VocabularySize);
        if (ChatTemplate is not null)
            file.Add("tokenizer.chat_template", ChatTemplate);
        DescribeTensors(new TensorWriter(file, Seed));
        return file;
    }

    internal static void DescribeVocabulary(GgufWriter file, int size)
    {
        var vocabulary = Vocabulary.Train(merges: 300, size);
        var controls = (uint)(size - Vocabulary.ControlTokens.Count);
        file.Add("tokenizer.ggml.model", "gpt2");
        file.Add("tokenizer.ggml.pre", "qwen2");
        file.Add("tokenizer.ggml.tokens", vocabulary.Tokens);
        file.Add("tokenizer.ggml.token_type", vocabulary.Types);
        file.Add("tokenizer.ggml.merges", vocabulary.Merges);
        file.Add("tokenizer.ggml.bos_token_id", controls);
        file.Add("tokenizer.ggml.eos_token_id", controls + 2);
        file.Add("tokenizer.ggml.padding_token_id", controls);
        file.Add("tokenizer.ggml.seperator_token_id", controls + 3);
        file.Add("tokenizer.ggml.add_bos_token", false);
    }

    private void DescribeTensors(TensorWriter tensors)
    {
        var scale = 1 / MathF.Sqrt(Width);
        var keys = HeadWidth * KeyValueHeads;
        tensors.Weights("token_embd.weight", scale * 2, Width, VocabularySize);
        tensors.Numbers("output_norm.weight", 1, Width);
        if (!Tied)
            tensors.Weights("output.weight", scale * 3, Width, VocabularySize);
        for (var layer = 0; layer < Layers; layer++)
        {
            var block = string.Create(CultureInfo.InvariantCulture, $"blk.{layer}.");
            tensors.Numbers(block + "attn_norm.weight", 1, Width);
            tensors.Numbers(block + "ffn_norm.weight", 1, Width);
            tensors.Weights(block + "attn_q.weight", scale * 2, Width, Width);
            tensors.Weights(block + "attn_k.weight", scale * 2, Width, keys);
            tensors.Weights(block + "attn_v.weight", scale * 2, Width, keys);
            tensors.Weights(block + "attn_output.weight", scale * 2, Width, Width);
            if (Architecture == "qwen2")
            {
                tensors.Numbers(block + "attn_q.bias", 0, Width);
                tensors.Numbers(block + "attn_k.bias", 0, keys);
                tensors.Numbers(block + "attn_v.bias", 0, keys);
            }
            tensors.Weights(block + "ffn_gate.weight", scale * 1.5f, Width, FeedForward);
            tensors.Weights(block + "ffn_up.weight", scale * 1.5f, Width, FeedForward);
            tensors.Weights(block + "ffn_down.weight", 1.5f / MathF.Sqrt(FeedForward), FeedForward, Width);
        }
    }
}
