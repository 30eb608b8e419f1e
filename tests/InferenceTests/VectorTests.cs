using LLMoin.Inference.Engines;

namespace LLMoin.InferenceTests;

public sealed class VectorTests
{
    [Fact]
    public async Task Texts_embedded_together_have_the_vectors_they_have_alone()
    {
        using var bed = await EngineBed.StartAsync(models: EngineBed.Embedding);
        string[] texts = ["Die Frist beträgt einen Monat.", "Für die Genehmigung wird eine Gebühr erhoben.", "Rathaus", .. Enumerable.Range(0, 60).Select(n => $"Antrag Nummer {n}")];

        var together = await bed.Engine.EmbedAsync(EngineBed.Embedding, texts, CancellationToken.None);
        foreach (var index in (int[])[0, 1, 2, 40])
        {
            var alone = (await bed.Engine.EmbedAsync(EngineBed.Embedding, [texts[index]], CancellationToken.None))[0];
            Assert.Equal(1, alone.Sum(value => value * value), 1e-4);
            Assert.True(alone.Zip(together[index], (a, b) => a * b).Sum() > 0.9999);
        }
        Assert.True(together[0].Zip(together[1], (a, b) => a * b).Sum() < 0.999);
    }

    [Fact]
    public async Task Texts_are_scored_against_a_query()
    {
        using var bed = await EngineBed.StartAsync(models: EngineBed.Rank);

        var scores = await bed.Engine.RerankAsync(EngineBed.Rank, "Welche Frist gilt?", ["Die Frist beträgt einen Monat.", "Das Rathaus ist rot.", "Gebühr"], CancellationToken.None);
        var again = await bed.Engine.RerankAsync(EngineBed.Rank, "Welche Frist gilt?", ["Das Rathaus ist rot."], CancellationToken.None);

        Assert.Equal(3, scores.Distinct().Count());
        Assert.All(scores, score => Assert.InRange(score, 0, 1));
        Assert.Equal(scores[1], again[0], 1e-4f);
    }

    [Fact]
    public async Task What_a_model_cannot_do_is_said()
    {
        using var bed = await EngineBed.StartAsync(models: [EngineBed.Embedding, EngineBed.Chat]);

        await Assert.ThrowsAsync<EngineException>(() => bed.Engine.RerankAsync(EngineBed.Embedding, "a", ["b"], CancellationToken.None));
        await Assert.ThrowsAsync<EngineException>(() => bed.Engine.EmbedAsync(EngineBed.Chat, ["b"], CancellationToken.None));
        var tooLong = await Assert.ThrowsAsync<EngineException>(
            () => bed.Engine.EmbedAsync(EngineBed.Embedding, ["kurz", string.Concat(Enumerable.Repeat("lang ", 2000))], CancellationToken.None));
        Assert.StartsWith("Text 2 of 2", tooLong.Message, StringComparison.Ordinal);
    }
}
