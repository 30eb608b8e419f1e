using LLMoin.Inference.Llama;
using LLMoin.Inference.Sampling;

namespace LLMoin.InferenceTests;

/// <summary>What is drawn, against the definition of each parameter; no model is needed for it.</summary>
public sealed class SamplerTests
{
    private static readonly float[] Logits = [1, 3, 2, 0, 2.5f, -1, -2, 0.5f];

    [Fact]
    public void Without_temperature_the_likeliest_token_is_taken()
        => Assert.Equal([1], Drawn(new SamplerSettings { Temperature = 0, Seed = 1 }).Keys);

    [Fact]
    public void At_temperature_one_tokens_come_as_often_as_softmax_says()
    {
        var drawn = Drawn(new SamplerSettings { Temperature = 1, TopK = 0, TopP = 1, MinP = 0, Seed = 5 });

        var sum = Logits.Sum(logit => Math.Exp(logit));
        for (var token = 0; token < Logits.Length; token++)
            Assert.Equal(Math.Exp(Logits[token]) / sum, drawn.GetValueOrDefault(token) / (double)Draws, 0.012);
    }

    [Fact]
    public void Top_k_leaves_the_k_likeliest()
        => Assert.Equal([1, 2, 4], Drawn(new SamplerSettings { Temperature = 2, TopK = 3, TopP = 1, MinP = 0, Seed = 2 }).Keys.Order());

    [Fact]
    public void Top_p_leaves_the_fewest_that_have_the_probability_together()
    {
        // softmax: 0.44, 0.27 and 0.16 for tokens 1, 4 and 2: the first two stay below 0.75.
        Assert.Equal([1, 2, 4], Drawn(new SamplerSettings { Temperature = 1, TopK = 0, TopP = 0.75f, MinP = 0, Seed = 3 }).Keys.Order());
    }

    [Fact]
    public void Min_p_leaves_what_is_near_enough_to_the_likeliest()
    {
        // exp(2.5 - 3) = 0.61, exp(2 - 3) = 0.37.
        Assert.Equal([1, 4], Drawn(new SamplerSettings { Temperature = 1, TopK = 0, TopP = 1, MinP = 0.5f, Seed = 4 }).Keys.Order());
    }

    [Fact]
    public void A_bias_bans_and_forces()
    {
        Assert.DoesNotContain(1, Drawn(new SamplerSettings { Temperature = 1, LogitBias = new Dictionary<int, float> { [1] = -100 }, Seed = 1 }).Keys);
        Assert.Equal([6], Drawn(new SamplerSettings { Temperature = 1, LogitBias = new Dictionary<int, float> { [6] = 100 }, Seed = 1 }).Keys);
    }

    [Fact]
    public void The_same_seed_draws_the_same_also_from_the_middle()
    {
        var settings = new SamplerSettings { Temperature = 1, TopK = 0, TopP = 1, MinP = 0, Seed = 42 };
        var whole = Sequence(settings, 0, 50);

        Assert.Equal(whole, Sequence(settings, 0, 50));
        Assert.Equal(whole[20..], Sequence(settings, 20, 30));
        Assert.NotEqual(whole, Sequence(settings with { Seed = 43 }, 0, 50));
    }

    [Fact]
    public void Penalties_make_repetition_rarer_in_the_stated_way()
    {
        using var sampler = new TokenSampler(new SamplerSettings { Temperature = 0, PresencePenalty = 1, FrequencyPenalty = 0.25f, Seed = 1 }, [], 0);
        var candidates = new Candidates();

        // 3 → 3 - 1.25 = 1.75 < 2.5; then 2.5 → 1.25; then 2.
        Assert.Equal([1, 4, 2, 1], Enumerable.Range(0, 4).Select(_ => sampler.Next(Logits.ToArray(), candidates)));

        using var repetition = new TokenSampler(new SamplerSettings { Temperature = 0, RepetitionPenalty = 2, Seed = 1 }, [1], 0);
        Assert.Equal(4, repetition.Next(Logits.ToArray(), candidates));
    }

    [Fact]
    public void A_model_that_computes_no_numbers_is_an_error_and_no_token()
    {
        var broken = Enumerable.Repeat(float.NaN, 16).ToArray();
        foreach (var temperature in (float[])[0, 1])
        {
            using var sampler = new TokenSampler(new SamplerSettings { Temperature = temperature, Seed = 1 }, [], 0);
            Assert.Throws<LlamaException>(() => sampler.Next(broken, new Candidates()));
        }
    }

    [Fact]
    public void The_k_largest_of_many_are_found_in_order()
    {
        var random = new Random(7);
        var candidates = new Candidates();
        foreach (var k in (int[])[1, 5, 40, 256, 5000])
        {
            var logits = Enumerable.Range(0, 4000).Select(_ => MathF.Round(random.NextSingle() * 500)).ToArray();
            candidates.TakeLargest(logits, k);

            Assert.Equal(logits.OrderDescending().Take(k), candidates.Values.ToArray());
            Assert.Equal(candidates.Values.ToArray(), candidates.Ids.ToArray().Select(id => logits[id]));
            Assert.Equal(candidates.Count, candidates.Ids.ToArray().Distinct().Count());
        }
    }

    private const int Draws = 20_000;

    private static Dictionary<int, int> Drawn(SamplerSettings settings) => Sequence(settings, 0, Draws).CountBy(token => token).ToDictionary();

    private static List<int> Sequence(SamplerSettings settings, int position, int count)
    {
        using var sampler = new TokenSampler(settings, [], position);
        var candidates = new Candidates();
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Next(Logits.ToArray(), candidates))];
    }
}
