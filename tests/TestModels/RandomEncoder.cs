using System.Globalization;

namespace LLMoin.TestModels;

/// <summary>
/// A model of BERT's kind with random weights, that reads a text in both directions and gives one vector for it, or, with a rank layer, one
/// score for a pair of texts.
/// </summary>
/// <param name="Ranks">With a rank layer.</param>
public sealed record RandomEncoder(bool Ranks)
{
    private const int Layers = 2;
    private const int Width = 128;
    private const int FeedForward = 256;
    private const int Heads = 4;
    private const int Context = 512;
    private const int VocabularySize = 640;
    private const int MeanPooling = 1;
    private const int RankPooling = 4;

    /// <summary>Writes the file unless it is there already.</summary>
    public string WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Ranks ? "random-bert-rank.gguf" : "random-bert-embedding.gguf");
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
        file.Add("general.architecture", "bert");
        file.Add("general.name", "random bert");
        file.Add("general.file_type", 7u);
        file.Add("general.quantization_version", 2u);
        file.Add("bert.context_length", Context);
        file.Add("bert.embedding_length", Width);
        file.Add("bert.block_count", Layers);
        file.Add("bert.feed_forward_length", FeedForward);
        file.Add("bert.attention.head_count", Heads);
        file.Add("bert.attention.layer_norm_epsilon", 1e-12f);
        file.Add("bert.attention.causal", false);
        file.Add("bert.pooling_type", (uint)(Ranks ? RankPooling : MeanPooling));
        file.Add("tokenizer.ggml.token_type_count", 2u);
        RandomModel.DescribeVocabulary(file, VocabularySize);
        DescribeTensors(new TensorWriter(file, seed: 5));
        return file;
    }

    private void DescribeTensors(TensorWriter tensors)
    {
        var scale = 1 / MathF.Sqrt(Width);
        tensors.Weights("token_embd.weight", 1, Width, VocabularySize);
        tensors.Numbers("token_types.weight", 0, Width, 2);
        tensors.Numbers("position_embd.weight", 0, Width, Context);
        tensors.Norm("token_embd_norm", Width);
        for (var layer = 0; layer < Layers; layer++)
        {
            var block = string.Create(CultureInfo.InvariantCulture, $"blk.{layer}.");
            foreach (var matrix in (string[])["attn_q", "attn_k", "attn_v", "attn_output"])
                tensors.Linear(block + matrix, scale, Width, Width);
            tensors.Norm(block + "attn_output_norm", Width);
            tensors.Linear(block + "ffn_up", scale, Width, FeedForward);
            tensors.Linear(block + "ffn_down", 1 / MathF.Sqrt(FeedForward), FeedForward, Width);
            tensors.Norm(block + "layer_output_norm", Width);
        }
        if (!Ranks)
            return;
        tensors.Linear("cls", scale, Width, Width);
        tensors.Linear("cls.output", scale * 4, Width, 1);
    }
}
