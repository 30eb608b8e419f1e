using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using LLMoin.Contracts.Inference;

namespace LLMoin.Inference.Engines.Replay;

/// <summary>
/// Answers from a script at a set rate: token n is the text <c>n</c> and a space, so that a reader sees any loss, repetition or
/// disorder. It also embeds, by hashing words, and reranks, by counting shared ones, so that the way of vectors and scores can be tested,
/// and loads any model whose name begins with <c>replay-</c>. For tests and benchmarks only.
/// </summary>
internal sealed class ReplayEngine : IEngine
{
    private const int Dimensions = 64;

    private ImmutableList<ServedModel> _models =
    [
        Chat("replay"),
        new("replay-embedding", ModelKind.Embedding, "llmoin", 8_192),
        new("replay-rerank", ModelKind.Rerank, "llmoin", 8_192),
    ];

    public IReadOnlyList<ServedModel> Models => _models;

    public EngineStatus Status { get; } = new("script");

    public Task LoadAsync(string model, CancellationToken cancellation)
    {
        if (!model.StartsWith("replay-", StringComparison.Ordinal))
            throw new EngineException("There is no such script.");
        ImmutableInterlocked.Update(ref _models, (models, name) => models.Exists(served => served.Id == name) ? models : models.Add(Chat(name)), model);
        return Task.CompletedTask;
    }

    public Task UnloadAsync(string model, CancellationToken cancellation)
    {
        ImmutableInterlocked.Update(ref _models, (models, name) => models.RemoveAll(served => served.Id == name), model);
        return Task.CompletedTask;
    }

    public int CountTokens(string model, string text) => Words(text).Length;

    public async IAsyncEnumerable<GeneratedPiece> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return new GeneratedPiece("", 0) { PromptTokens = request.Messages.Sum(message => Words(message.Content).Length) };
        var script = ReplayScript.Parse(request.Messages[^1].Content);
        if (script.Calls == 0 && request.ToolChoice is { Mode: ToolChoiceMode.Required or ToolChoiceMode.Function })
            script = script with { Calls = 1 };
        var length = Math.Min(script.Length, request.Sampling.MaxTokens ?? int.MaxValue);
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
            yield return Piece(n, script, request);
        }
        yield return new GeneratedPiece("", 0, length < script.Length ? "length" : script.Calls > 0 ? "tool_calls" : "stop");
    }

    public Task<IReadOnlyList<float>> RerankAsync(string model, string query, IReadOnlyList<string> inputs, CancellationToken cancellation)
        => Task.FromResult<IReadOnlyList<float>>([.. inputs.Select(input => (float)Words(input).Intersect(Words(query)).Count())]);

    public async Task<IReadOnlyList<IReadOnlyList<float>>> EmbedAsync(string model, IReadOnlyList<string> inputs, CancellationToken cancellation)
    {
        await Task.Delay(ReplayScript.Parse(inputs[0]).WaitMilliseconds, cancellation);
        return [.. inputs.Select(Embed)];
    }

    private static ServedModel Chat(string name) => new(name, ModelKind.Chat, "llmoin", 32_768) { Tools = true };

    private static GeneratedPiece Piece(int n, ReplayScript script, GenerationRequest request)
    {
        if (n < script.Reasoning)
            return new GeneratedPiece("", 1, Reasoning: $"r{n} ");
        var word = n - script.Reasoning;
        if (word < script.Tokens)
            return new GeneratedPiece(script.Paragraph > 0 && (word + 1) % script.Paragraph == 0 ? $"{word}\n\n" : $"{word} ", 1);
        var call = word - script.Tokens;
        var function = request.ToolChoice?.Function ?? request.Tools.Select(tool => tool.Name).FirstOrDefault("replay");
        return new GeneratedPiece("", 1, ToolCall: new ToolCall($"call_{call}", function, $$"""{"n":{{call}}}"""));
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

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
        foreach (var word in Words(text))
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(word));
            vector[hash[0] % Dimensions] += hash[1] % 2 == 0 ? 1 : -1;
        }
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        return length == 0 ? vector : [.. vector.Select(value => value / length)];
    }
}
