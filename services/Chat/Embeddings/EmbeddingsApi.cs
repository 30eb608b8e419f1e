using System.Buffers.Binary;
using System.Text.Json;
using LLMoin.Chat.Budgets;
using LLMoin.Chat.Completions;
using LLMoin.Chat.Models;
using LLMoin.Contracts.Inference;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using static LLMoin.Chat.Completions.CompletionValidation;

namespace LLMoin.Chat.Embeddings;

/// <summary><c>POST /v1/embeddings</c> over the model's work queue.</summary>
internal static class EmbeddingsApi
{
    private const int MostInputs = 256;

    /// <summary>Longest input in characters; the model's own limit in tokens is usually lower and told by its worker.</summary>
    private const int LongestInput = 100_000;

    public static void MapEmbeddings(this IEndpointRouteBuilder routes)
        => routes.MapPost("/v1/embeddings", EmbedAsync)
            .Accepts<EmbeddingsRequest>("application/json")
            .WithTags("OpenAI").WithSummary("Embeds one text or several")
            .WithDescription("For every signed-in user, machine client and API key.");

    private static async Task<IResult> EmbedAsync(HttpContext context, Caller caller, EmbeddingCalls calls, ModelCatalog models, BudgetGate budgets)
    {
        var orderedAt = DateTimeOffset.UtcNow;
        var request = await context.Request.ReadBodyAsync<EmbeddingsRequest>(CompletionRequest.Json);
        if (Check(request) is { } wrong)
            return wrong;
        if (models.Find(caller.Tenant, request.Model, ModelKind.Embedding) is null)
            return new ProblemResult(ModelNotFound, $"'{request.Model}' is not among your embedding models.", "model",
                $"„{request.Model}“ ist keines Ihrer Einbettungsmodelle.");

        var work = new EmbeddingRequest { RequestId = Guid.CreateVersion7(), Tenant = caller.Tenant, Model = request.Model, Inputs = Texts(request.Input) };
        var (hold, refusal) = budgets.Hold(caller, work);
        if (hold is null)
            return refusal!.Problem;
        using var held = hold;
        var (result, problem) = await calls.AskAsync(context, work, "input");
        if (result is null)
            return problem!;
        // How long its vectors are, only the model's worker knows.
        if (request.Dimensions is { } dimensions && result.Vectors.Any(vector => vector.Count != dimensions))
            return Wrong("dimensions", $"The vectors of '{request.Model}' have {result.Vectors[0].Count} dimensions and cannot be shortened.");
        await calls.RecordAsync(caller, work, result, orderedAt, hold);
        return Results.Json(Answer(request, result), CompletionRequest.Json);
    }

    private static ProblemResult? Check(EmbeddingsRequest request)
    {
        if (request.EncodingFormat is not (null or "float" or "base64"))
            return Wrong("encoding_format", "It is float or base64.");
        if (request.Dimensions < 1)
            return Wrong("dimensions", "It is at least 1.");
        if (request.Input.ValueKind == JsonValueKind.Array && request.Input.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Number or JsonValueKind.Array))
            return Wrong("input", "Send text: each model has tokens of its own.");
        if (Texts(request.Input) is not { Count: > 0 and <= MostInputs } texts || texts.Any(string.IsNullOrEmpty))
            return Wrong("input", $"A text, or 1 to {MostInputs} texts, none empty.");
        return texts.Any(text => text.Length > LongestInput) ? Wrong("input", $"A text has at most {LongestInput} characters.") : null;
    }

    /// <summary>None where something else than text is among them.</summary>
    private static IReadOnlyList<string> Texts(JsonElement input) => input.ValueKind switch
    {
        JsonValueKind.String => [input.GetString()!],
        JsonValueKind.Array when input.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => [.. input.EnumerateArray().Select(item => item.GetString()!)],
        _ => [],
    };

    private static object Answer(EmbeddingsRequest request, EmbeddingResult result) => new
    {
        Object = "list",
        request.Model,
        Data = result.Vectors.Select((vector, index) => new
        {
            Object = "embedding",
            Index = index,
            Embedding = request.EncodingFormat == "base64" ? (object)Base64(vector) : vector,
        }),
        Usage = new { result.PromptTokens, TotalTokens = result.PromptTokens },
    };

    /// <summary>Little-endian 32-bit floats, as OpenAI's clients read them.</summary>
    private static string Base64(IReadOnlyList<float> vector)
    {
        var bytes = new byte[vector.Count * sizeof(float)];
        for (var i = 0; i < vector.Count; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        return Convert.ToBase64String(bytes);
    }

    /// <param name="Model">Id of an embedding model.</param>
    /// <param name="Input">A string or an array of strings.</param>
    /// <param name="EncodingFormat">float (default) or base64.</param>
    /// <param name="Dimensions">Only the model's own number.</param>
    internal sealed record EmbeddingsRequest(string Model, JsonElement Input, string? EncodingFormat = null, int? Dimensions = null);
}
