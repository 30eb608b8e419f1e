using System.Text.Json;
using LLMoin.Chat.Budgets;
using LLMoin.Chat.Completions;
using LLMoin.Chat.Models;
using LLMoin.Contracts.Inference;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using static LLMoin.Chat.Completions.CompletionValidation;

namespace LLMoin.Chat.Embeddings;

/// <summary><c>POST /v1/rerank</c>, in the shape that Jina's and Cohere's clients share, over the model's work queue.</summary>
internal static class RerankApi
{
    private const int MostDocuments = 1000;

    /// <summary>Longest query or document in characters.</summary>
    private const int LongestText = 100_000;

    public static void MapRerank(this IEndpointRouteBuilder routes)
        => routes.MapPost("/v1/rerank", RerankAsync)
            .Accepts<RerankRequest>("application/json")
            .Produces<RerankAnswer>()
            .WithTags("OpenAI").WithSummary("Orders documents by how well they answer a query")
            .WithDescription("For every signed-in user, machine client and API key. Scores are comparable within one answer only.");

    private static async Task<IResult> RerankAsync(HttpContext context, Caller caller, EmbeddingCalls calls, ModelCatalog models, BudgetGate budgets)
    {
        var orderedAt = DateTimeOffset.UtcNow;
        var request = await context.Request.ReadBodyAsync<RerankRequest>(CompletionRequest.Json);
        if (Check(request) is { } wrong)
            return wrong;
        if (models.Find(caller.Tenant, request.Model, ModelKind.Rerank) is null)
            return new ProblemResult(ModelNotFound, $"'{request.Model}' is not among your reranking models.", "model",
                $"„{request.Model}“ ist keines Ihrer Modelle zum Neuordnen.");

        var texts = Texts(request)!;
        var work = new EmbeddingRequest { RequestId = Guid.CreateVersion7(), Tenant = caller.Tenant, Model = request.Model, Inputs = texts!, Query = request.Query };
        var (hold, refusal) = budgets.Hold(caller, work);
        if (hold is null)
            return refusal!.Problem;
        using var held = hold;
        var (result, problem) = await calls.AskAsync(context, work, "documents");
        if (result is null)
            return problem!;
        await calls.RecordAsync(caller, work, result, orderedAt, hold);

        var order = result.Scores
            .Select((score, index) => new Scored(index, score, request.ReturnDocuments == true ? new Document(texts[index]!) : null))
            .OrderByDescending(scored => scored.RelevanceScore)
            .Take(request.TopN ?? int.MaxValue);
        return Results.Json(new RerankAnswer(request.Model, [.. order], new TokenUsage(result.PromptTokens, result.PromptTokens)), CompletionRequest.Json);
    }

    private static ProblemResult? Check(RerankRequest request)
    {
        if (request.Query is not { Length: > 0 and <= LongestText })
            return Wrong("query", $"It has 1 to {LongestText} characters.");
        if (request.TopN < 1)
            return Wrong("top_n", "It is at least 1.");
        if (Texts(request) is not { Count: > 0 and <= MostDocuments } texts)
            return Wrong("documents", $"1 to {MostDocuments} documents.");
        for (var index = 0; index < texts.Count; index++)
            if (texts[index] is not { Length: > 0 and <= LongestText })
                return Wrong($"documents[{index}]", $"A text, or an object with a text, of 1 to {LongestText} characters.");
        return null;
    }

    /// <summary>Null where a document is neither a string nor an object with a text.</summary>
    private static IReadOnlyList<string?>? Texts(RerankRequest request) => request.Documents is null ? null : [.. request.Documents.Select(document => document switch
    {
        { ValueKind: JsonValueKind.String } => document.GetString(),
        { ValueKind: JsonValueKind.Object } when document.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String => text.GetString(),
        _ => null,
    })];

    /// <param name="Model">Id of a reranking model.</param>
    /// <param name="Query">What the documents shall answer.</param>
    /// <param name="Documents">Strings, or objects with a <c>text</c>.</param>
    /// <param name="TopN">Only so many, the best.</param>
    /// <param name="ReturnDocuments">Whether the documents' texts come back with their scores.</param>
    internal sealed record RerankRequest(string Model, string Query, IReadOnlyList<JsonElement> Documents, int? TopN = null, bool? ReturnDocuments = null);

    internal sealed record RerankAnswer(string Model, IReadOnlyList<Scored> Results, TokenUsage Usage);

    /// <param name="Index">The document's place in the request, from 0.</param>
    /// <param name="RelevanceScore">Higher is more relevant.</param>
    /// <param name="Document">Its text, where asked for.</param>
    internal sealed record Scored(int Index, float RelevanceScore, Document? Document);

    internal sealed record Document(string Text);

    internal sealed record TokenUsage(int PromptTokens, int TotalTokens);
}
