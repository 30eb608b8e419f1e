using System.Runtime.CompilerServices;
using LLMoin.Contracts.Inference;
using LLMoin.Extractive;
using Passage = LLMoin.Extractive.Passage;

namespace LLMoin.Inference.Engines.Extractive;

/// <summary>
/// Answers without weights, only by quoting the given passages; what it says is decided in the library of the same name. The same
/// request always gives the same text, so a continued answer just skips what was emitted.
/// </summary>
internal sealed class ExtractiveEngine : IEngine
{
    /// <summary>Pieces between two looks at other work of this process.</summary>
    private const int PiecesPerTurn = 64;

    public IReadOnlyList<ServedModel> Models { get; } = [new(ExtractiveAnswer.ModelName, ModelKind.Chat, "llmoin", ContextTokens: 1_000_000)];

    public int CountTokens(string model, string text) => ExtractiveAnswer.CountTokens(text);

    public async IAsyncEnumerable<GeneratedPiece> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return new GeneratedPiece("", 0) { PromptTokens = CountPromptTokens(request) };
        // Reading a long text takes seconds of CPU; it must not hold the thread that delivers frames.
        var answer = await Task.Run(() => ExtractiveAnswer.To(Translate(request), cancellation), cancellation);
        var left = (request.Sampling.MaxTokens ?? int.MaxValue) - request.EmittedTokens;
        var inTurn = 0;
        foreach (var piece in answer.Pieces(request.EmittedText.Length))
        {
            cancellation.ThrowIfCancellationRequested();
            var tokens = ExtractiveAnswer.CountTokens(piece);
            if (tokens > left)
            {
                yield return new GeneratedPiece("", 0, "length");
                yield break;
            }
            left -= tokens;
            yield return new GeneratedPiece(piece, tokens);
            if (++inTurn % PiecesPerTurn == 0)
                await Task.Yield();
        }
        yield return new GeneratedPiece("", 0, "stop");
    }

    private int CountPromptTokens(GenerationRequest request)
        => request.Messages.Sum(message => CountTokens(request.Model, message.Content)) + request.Passages.Sum(passage => CountTokens(request.Model, passage.Text));

    public Task<IReadOnlyList<IReadOnlyList<float>>> EmbedAsync(string model, IReadOnlyList<string> inputs, CancellationToken cancellation)
        => throw new EngineException("The extractive engine has no embeddings.");

    private static ExtractiveRequest Translate(GenerationRequest request)
    {
        var question = request.Messages.Last(message => message.Role == "user");
        return new ExtractiveRequest(
            question.Content,
            [.. request.Passages.Select(passage => new Passage(passage.Number, passage.Title, passage.HeadingPath, passage.Text))],
            [.. request.Messages.TakeWhile(message => message != question)
                .Where(message => message.Role is "user" or "assistant")
                .Select(message => new EarlierMessage(message.Role == "user" ? Speaker.User : Speaker.Assistant, message.Content))],
            request.Bare);
    }
}
