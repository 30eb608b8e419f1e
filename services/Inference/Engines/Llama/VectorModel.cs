using System.Numerics.Tensors;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Llama;
using LLMoin.Inference.Llama.Native;
using LLMoin.Inference.Models;
using LLMoin.Inference.Scheduling;

namespace LLMoin.Inference.Engines.Llama;

/// <summary>A model that turns texts into vectors, or pairs of texts into scores.</summary>
internal sealed class VectorModel(ModelSpec spec, LlamaModel model, EmbeddingScheduler scheduler, long memoryBytes) : ILoadedModel
{
    private readonly string? _pairTemplate = spec.Kind == ModelKind.Rerank ? model.Template("rerank") : null;

    public ServedModel Served { get; } = new(spec.Id, spec.Kind, spec.OwnedBy, scheduler.ContextTokens) { PriceClass = spec.PriceClass };

    public long MemoryBytes { get; } = memoryBytes;

    public int CountTokens(string text) => model.Vocabulary.Tokenize(text, addSpecial: true, parseSpecial: false).Length;

    /// <returns>Vectors of unit length.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<float>>> EmbedAsync(IReadOnlyList<string> inputs, CancellationToken cancellation)
    {
        var vectors = await Task.WhenAll(Check(inputs.Select(Text)).Select(tokens => scheduler.ComputeAsync(tokens, cancellation)));
        foreach (var vector in vectors)
            if (TensorPrimitives.Norm<float>(vector) is var length and > 0)
                TensorPrimitives.Divide(vector, length, vector);
        return vectors;
    }

    /// <returns>From 0 to 1.</returns>
    public async Task<IReadOnlyList<float>> RerankAsync(string query, IReadOnlyList<string> inputs, CancellationToken cancellation)
    {
        var scores = await Task.WhenAll(Check(inputs.Select(input => Pair(query, input))).Select(tokens => scheduler.ComputeAsync(tokens, cancellation)));
        // One output is a logit; of several the first is the probability that the pair fits.
        return [.. scores.Select(score => model.RankOutputs > 1 ? score[0] : 1 / (1 + MathF.Exp(-score[0])))];
    }

    public void Dispose()
    {
        scheduler.Dispose();
        model.Dispose();
    }

    /// <summary>Encoders want their beginning and end tokens, which the tokeniser adds as the file says; a last-token model wants its end.</summary>
    private int[] Text(string input)
    {
        var vocabulary = model.Vocabulary;
        var tokens = vocabulary.Tokenize(input, addSpecial: true, parseSpecial: false);
        return scheduler.Pooling == Pooling.Last && vocabulary.Eos >= 0 && tokens.LastOrDefault(-1) != vocabulary.Eos ? [.. tokens, vocabulary.Eos] : tokens;
    }

    /// <summary>As the model's own template joins them, else query, end, separator, text, end, as cross-encoders of BERT's kind are trained.</summary>
    private int[] Pair(string query, string input)
    {
        var vocabulary = model.Vocabulary;
        if (_pairTemplate is not null)
            return vocabulary.Tokenize(
                _pairTemplate.Replace("{query}", query, StringComparison.Ordinal).Replace("{document}", input, StringComparison.Ordinal), addSpecial: false, parseSpecial: true);
        int[] first = vocabulary.Bos >= 0 ? [vocabulary.Bos] : [];
        int[] end = vocabulary.Eos >= 0 ? [vocabulary.Eos] : [], separator = vocabulary.Separator >= 0 ? [vocabulary.Separator] : [];
        return [.. first, .. vocabulary.Tokenize(query, false, false), .. end, .. separator, .. vocabulary.Tokenize(input, false, false), .. end];
    }

    /// <summary>All are looked at before any is computed.</summary>
    private List<int[]> Check(IEnumerable<int[]> texts)
    {
        var all = texts.ToList();
        for (var index = 0; index < all.Count; index++)
            if (all[index].Length == 0 || all[index].Length > scheduler.ContextTokens)
                throw new EngineException($"Text {index + 1} of {all.Count} has {all[index].Length} tokens; the model '{Served.Id}' takes 1 to {scheduler.ContextTokens}.");
        return all;
    }
}
