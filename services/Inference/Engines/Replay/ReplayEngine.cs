using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using LLMoin.Contracts.Inference;

namespace LLMoin.Inference.Engines.Replay;

/// <summary>
/// Answers from a script at a set rate: token n is the text <c>n</c> and a space, so that a reader sees any loss, repetition or
/// disorder. It also embeds, by hashing words, so that the way of a vector can be tested. For tests and benchmarks only.
/// </summary>
internal sealed class ReplayEngine : IEngine
{
    private const int Dimensions = 64;

    public IReadOnlyList<ServedModel> Models { get; } =
    [
        new("replay", ModelKind.Chat, "llmoin", 32_768),
        new("replay-embedding", ModelKind.Embedding, "llmoin", 8_192),
    ];

    public int CountTokens(string model, string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    public async IAsyncEnumerable<GeneratedPiece> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var script = ReplayScript.Parse(request.Messages[^1].Content);
        var length = Math.Min(script.Tokens, request.Sampling.MaxTokens ?? int.MaxValue);
        if (script.WaitMilliseconds > 0)
            await Task.Delay(script.WaitMilliseconds, cancellation);

        var started = Stopwatch.GetTimestamp();
        for (var n = request.EmittedTokens; n < length; n++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (n == script.FailAfter)
                throw new EngineException("The script ends in a failure here.");
            if (n == script.CrashAfter)
                Environment.FailFast("The script ends the process here.");
            if (script.Rate > 0)
                await WaitUntilAsync(started, (n - request.EmittedTokens) / script.Rate, cancellation);
            yield return new GeneratedPiece($"{n} ", 1);
        }
        yield return new GeneratedPiece("", 0, length < script.Tokens ? "length" : "stop");
    }

    public Task<IReadOnlyList<IReadOnlyList<float>>> EmbedAsync(string model, IReadOnlyList<string> inputs, CancellationToken cancellation)
        => Task.FromResult<IReadOnlyList<IReadOnlyList<float>>>([.. inputs.Select(Embed)]);

    /// <summary>Against the clock, not against the token before, so that the rate holds over a long answer.</summary>
    private static async ValueTask WaitUntilAsync(long started, double dueSeconds, CancellationToken cancellation)
    {
        var left = TimeSpan.FromSeconds(dueSeconds) - Stopwatch.GetElapsedTime(started);
        if (left > TimeSpan.FromMilliseconds(1))
            await Task.Delay(left, cancellation);
    }

    private static float[] Embed(string text)
    {
        var vector = new float[Dimensions];
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(word));
            vector[hash[0] % Dimensions] += hash[1] % 2 == 0 ? 1 : -1;
        }
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        return length == 0 ? vector : [.. vector.Select(value => value / length)];
    }
}
