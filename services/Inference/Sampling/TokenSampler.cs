using System.Numerics.Tensors;
using LLMoin.Inference.Llama;

namespace LLMoin.Inference.Sampling;

/// <summary>
/// Chooses an answer's next token: penalties and bias, temperature, then top-k, top-p and min-p as OpenAI's parameters mean them; within a
/// grammar where there is one. Written here and not taken from llama.cpp, whose chain builds and sorts an array of the whole vocabulary for
/// each token.
/// </summary>
internal sealed class TokenSampler : IDisposable
{
    /// <summary>Enough for nearly every nucleus; where it is not, more are taken.</summary>
    private const int FirstGuess = 256;

    private readonly SamplerSettings _settings;
    private readonly Penalties? _penalties;
    private readonly Grammar? _grammar;
    private int _position;

    /// <param name="settings">How to choose.</param>
    /// <param name="prompt">For the repetition penalty.</param>
    /// <param name="position">Tokens that the answer has already.</param>
    /// <param name="grammar">What the answer must fit; owned by the sampler from now on.</param>
    public TokenSampler(SamplerSettings settings, ReadOnlySpan<int> prompt, int position, Grammar? grammar = null)
    {
        _settings = settings;
        _penalties = settings.Penalises ? new Penalties(settings, prompt) : null;
        _position = position;
        _grammar = grammar;
    }

    /// <param name="logits">Of the whole vocabulary; overwritten.</param>
    /// <param name="candidates">Scratch space of the calling thread.</param>
    /// <exception cref="LlamaException">The model computes no numbers, or nothing fits the grammar.</exception>
    public int Next(Span<float> logits, Candidates candidates)
    {
        _penalties?.Apply(logits);
        foreach (var (token, bias) in _settings.LogitBias)
            if ((uint)token < (uint)logits.Length)
                logits[token] += bias;

        var chosen = Choose(logits, candidates);
        if (_grammar is not null && !_grammar.Allows(chosen))
        {
            _grammar.Mask(logits);
            chosen = Choose(logits, candidates);
            if (float.IsNegativeInfinity(logits[chosen]))
                throw new LlamaException("No token fits the grammar.");
        }
        _grammar?.Accept(chosen);
        _penalties?.Accept(chosen);
        _position++;
        return chosen;
    }

    public void Dispose() => _grammar?.Dispose();

    private int Choose(Span<float> logits, Candidates candidates)
    {
        if (_settings.Temperature <= 0 || _settings.TopK == 1)
        {
            var best = TensorPrimitives.IndexOfMax<float>(logits);
            return float.IsNaN(logits[best]) ? throw new LlamaException("The model computes no numbers.") : best;
        }
        var max = TensorPrimitives.Max<float>(logits);
        if (float.IsNaN(max))
            throw new LlamaException("The model computes no numbers.");
        if (_settings.TopK > 0)
            return FromTop(logits, _settings.TopK, total: null, max, candidates);

        // Without top-k, probabilities are shares of the whole vocabulary, so that its sum is needed.
        var total = TotalWeight(logits, max);
        return _settings is { TopP: >= 1, MinP: <= 0 } ? FromAll(logits, total, max) : FromTop(logits, FirstGuess, total, max, candidates);
    }

    private int FromAll(ReadOnlySpan<float> logits, double total, float max)
    {
        var left = Draw.At(_settings.Seed, _position) * total;
        var last = 0;
        for (var token = 0; token < logits.Length; token++)
        {
            var weight = Weight(logits[token], max);
            if (weight <= 0)
                continue;
            last = token;
            left -= weight;
            if (left < 0)
                break;
        }
        return last;
    }

    /// <param name="logits">Of the whole vocabulary.</param>
    /// <param name="k">How many of the likeliest to look at.</param>
    /// <param name="total">Weight of the whole vocabulary; null when the k are all that counts.</param>
    /// <param name="max">The largest logit.</param>
    /// <param name="candidates">Scratch space.</param>
    private int FromTop(ReadOnlySpan<float> logits, int k, double? total, float max, Candidates candidates)
    {
        candidates.TakeLargest(logits, k);
        var weights = candidates.Values;
        for (var i = 0; i < weights.Length; i++)
            weights[i] = (float)Weight(weights[i], max);
        var sum = total ?? TensorPrimitives.Sum<float>(weights);

        // The likeliest has weight 1, so that min-p is a bound on the weight itself.
        var kept = 0;
        var mass = 0.0;
        while (kept < weights.Length && mass < _settings.TopP * sum && weights[kept] >= _settings.MinP && weights[kept] > 0)
            mass += weights[kept++];
        var cutByK = total is not null && kept == weights.Length && weights.Length < logits.Length && mass < _settings.TopP * sum;
        if (cutByK)
            return FromTop(logits, k * 16, total, max, candidates);

        var left = Draw.At(_settings.Seed, _position) * mass;
        for (var i = 0; i < kept; i++)
        {
            left -= weights[i];
            if (left < 0)
                return candidates.Ids[i];
        }
        return candidates.Ids[Math.Max(0, kept - 1)];
    }

    private double TotalWeight(ReadOnlySpan<float> logits, float max)
    {
        Span<float> part = stackalloc float[512];
        var total = 0.0;
        for (var start = 0; start < logits.Length; start += part.Length)
        {
            var weights = part[..Math.Min(part.Length, logits.Length - start)];
            TensorPrimitives.Subtract(logits.Slice(start, weights.Length), max, weights);
            TensorPrimitives.Multiply(weights, 1 / _settings.Temperature, weights);
            TensorPrimitives.Exp<float>(weights, weights);
            total += TensorPrimitives.Sum<float>(weights);
        }
        return total;
    }

    private double Weight(float logit, float max) => Math.Exp((logit - max) / _settings.Temperature);
}
