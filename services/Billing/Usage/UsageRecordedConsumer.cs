using LLMoin.Billing.Ledger;
using LLMoin.Contracts.Chat;
using LLMoin.Messaging.Batches;

namespace LLMoin.Billing.Usage;

/// <summary>Books what answers, embeddings and rerankings used.</summary>
internal sealed class UsageRecordedConsumer(LedgerWriter ledger) : IBatchConsumer<UsageRecorded>
{
    public Task ConsumeAsync(IReadOnlyList<UsageRecorded> messages, CancellationToken cancellation) => ledger.AppendAsync([.. messages.Select(Entry)], cancellation);

    private static NewEntry Entry(UsageRecorded usage) => new()
    {
        Tenant = usage.Tenant,
        UsageId = usage.UsageId,
        UserId = usage.UserId,
        Department = usage.Department ?? "",
        ApiKeyId = usage.ApiKeyId,
        Kind = usage.Kind.ToString().ToLowerInvariant(),
        Purpose = usage.Purpose,
        Model = usage.Model,
        PriceClass = usage.PriceClass ?? "",
        Outcome = usage.Outcome.ToString().ToLowerInvariant(),
        PromptTokens = usage.PromptTokens,
        CompletionTokens = usage.CompletionTokens,
        DurationMs = usage.DurationMs,
        OccurredAt = usage.OccurredAt.UtcDateTime,
    };
}
