using LLMoin.Billing.Ledger;
using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Batches;

namespace LLMoin.Billing.Usage;

/// <summary>Books what reading documents in, keeping them, and the models' work for either or for a search used.</summary>
internal sealed class ResourcesUsedConsumer(LedgerWriter ledger) : IBatchConsumer<ResourcesUsed>
{
    public Task ConsumeAsync(IReadOnlyList<ResourcesUsed> messages, CancellationToken cancellation) => ledger.AppendAsync([.. messages.Select(Entry)], cancellation);

    private static NewEntry Entry(ResourcesUsed used)
    {
        var kind = used.Kind.ToString().ToLowerInvariant();
        return new NewEntry
        {
            Tenant = used.Tenant,
            UsageId = used.UsageId,
            UserId = used.UserId,
            Department = used.Department ?? "",
            Kind = kind,
            Purpose = used.Purpose ?? kind,
            Model = used.Model ?? "",
            PriceClass = used.PriceClass ?? "",
            Outcome = used.Failed ? "failed" : "completed",
            PromptTokens = used.PromptTokens ?? 0,
            Pages = used.Pages,
            Bytes = used.Bytes,
            DurationMs = used.DurationMs,
            OccurredAt = used.OccurredAt.UtcDateTime,
        };
    }
}
