using System.Text;
using LLMoin.Chat.Functions.Documents;
using LLMoin.Chat.Functions.Review;
using LLMoin.Chat.Functions.Runs;

namespace LLMoin.Chat.Functions.Translations;

/// <summary>Translates a text of any length piece by piece, or says it more simply, and compares afterwards what must be the same.</summary>
internal sealed class Translate(DocumentReader reader) : IRunFunction
{
    private const double CharactersPerToken = 2.5;
    private const int LongestPiece = 4_000;

    public const string FunctionName = "translate";

    public string Name => FunctionName;

    public async Task<RunResult> RunAsync(RunContext context, CancellationToken cancellation)
    {
        var order = context.Run.Order<TranslationOrder>();
        var text = order.DocumentId is { } id
            ? (await context.OnceAsync($"document {id}", () => reader.ReadAsync(context.Run, id, cancellation), cancellation)).Text
            : order.Text!;
        // A third is read, a third is written, and some languages take more tokens than German.
        var pieces = TextPieces.Of(text, (int)Math.Clamp(context.ContextTokens / 3 * CharactersPerToken, 500, LongestPiece));
        if (pieces.Count == 0)
            throw new RunFailedException("nothing-to-read", "There is no text in it.", "Darin steht kein Text.");

        var (output, pieceChecks, version) = (new StringBuilder(), new List<PieceCheck>(), "");
        foreach (var (index, piece) in pieces.Index())
        {
            await context.ReportAsync(order.Simplify is null ? "translating" : "simplifying", index, pieces.Count, cancellation);
            var filled = Filled(order, piece);
            version = filled.Version;
            var answer = await context.AskAsync($"piece {index}", new Ask(filled, [], piece.Length + 200, 0.1f, IsShown: pieces.Count == 1), cancellation);
            output.Append(output.Length > 0 ? "\n\n" : "").Append(answer.Text);
            var fidelity = Fidelity.Of(piece, answer.Text);
            if (fidelity.Missing.Count + fidelity.Added.Count + fidelity.Formatting.Count > 0 || answer.FinishReason == "length")
                pieceChecks.Add(new PieceCheck(index + 1, fidelity, IsCutOff: answer.FinishReason == "length"));
        }
        var result = output.ToString();
        return new RunResult(result, new Facts(order.Target, order.Simplify, pieces.Count, pieceChecks, [version], DecisionSigns.In(result)));
    }

    private static FilledPrompt Filled(TranslationOrder order, string piece) => order.Simplify is { } how
        ? PromptFile.Named("simplify").Fill(("style", PromptFile.Named("style-" + how.ToString().ToLowerInvariant()).Fill().System), ("language", TranslationOrder.Languages[order.Target]), ("text", piece))
        : PromptFile.Named("translate").Fill(("language", TranslationOrder.Languages[order.Target]), ("text", piece));

    /// <param name="Piece">Its number, from 1.</param>
    /// <param name="Fidelity">What differs.</param>
    /// <param name="IsCutOff">The model came to no end within its length.</param>
    private sealed record PieceCheck(int Piece, Fidelity Fidelity, bool IsCutOff);

    /// <summary>What the run says about its text.</summary>
    /// <param name="Pieces">In how many pieces it was translated.</param>
    /// <param name="Differences">Pieces in which something that must be the same is not.</param>
    private sealed record Facts(
        string Target, Simplification? Simplify, int Pieces, IReadOnlyList<PieceCheck> Differences, IReadOnlyList<string> Prompts, IReadOnlyList<string> Review);
}
