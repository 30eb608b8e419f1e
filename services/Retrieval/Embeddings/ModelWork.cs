using LLMoin.Contracts.Inference;
using LLMoin.Contracts.Retrieval;

namespace LLMoin.Retrieval.Embeddings;

/// <summary>For whom and for what a model works.</summary>
/// <param name="Tenant">Who pays.</param>
/// <param name="UserId">Empty where it is nobody's.</param>
/// <param name="Department">The id of the person's department; null where none is known.</param>
/// <param name="Purpose">See below.</param>
internal sealed record ModelWork(string Tenant, string UserId, string? Department, string Purpose)
{
    public const string Ingestion = "ingestion";
    public const string Search = "search";

    /// <summary>What the work used, to be billed once by the request's id.</summary>
    public ResourcesUsed Used(EmbeddingRequest work, EmbeddingResult result, string? priceClass) => new()
    {
        UsageId = work.RequestId,
        Tenant = Tenant,
        UserId = UserId,
        Department = Department,
        Kind = work.Query is null ? ResourceKind.Embedding : ResourceKind.Rerank,
        Bytes = 0,
        Purpose = Purpose,
        Model = work.Model,
        PriceClass = priceClass,
        PromptTokens = result.PromptTokens,
        Failed = false,
        OccurredAt = DateTimeOffset.UtcNow,
    };
}
