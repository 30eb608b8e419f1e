using LLMoin.Billing.Months;

namespace LLMoin.Billing.Ledger;

/// <summary>One entry of the ledger as it was written; see <c>usage_ledger</c> in the migrations. Holds no text of anybody.</summary>
/// <param name="Tenant">Whose chain it belongs to.</param>
/// <param name="Seq">Its place in the tenant's chain, from 1.</param>
/// <param name="Month">The month it is booked to: that in which it happened, or the first open one where that was closed.</param>
/// <param name="UsageId">What happened; counts once.</param>
/// <param name="Corrects">The entry it corrects, where it does; quantities may then be negative.</param>
/// <param name="UserId">Empty where it is nobody's, e.g. storage.</param>
/// <param name="Department">The id of the person's department; empty where none is known.</param>
/// <param name="ApiKeyId">The API key used, where one was.</param>
/// <param name="Kind"><c>answer</c>, <c>embedding</c>, <c>rerank</c>, <c>ingestion</c> or <c>storage</c>.</param>
/// <param name="Purpose">The function, e.g. <c>chat</c> or <c>summarise</c>.</param>
/// <param name="Model">Empty where no model was asked.</param>
/// <param name="PriceClass">By which tariffs price the model's tokens; empty where it has none.</param>
/// <param name="Outcome"><c>completed</c>, <c>stopped</c> or <c>failed</c>.</param>
/// <param name="PromptTokens">Tokens read in.</param>
/// <param name="CompletionTokens">Tokens generated.</param>
/// <param name="Pages">Pages read in by an ingestion.</param>
/// <param name="Bytes">Of storage: bytes kept at the end of the day.</param>
/// <param name="DurationMs">From order to end, in milliseconds; null where unknown.</param>
/// <param name="OccurredAt">When it ended; UTC.</param>
internal sealed record LedgerEntry(
    string Tenant, long Seq, BillingMonth Month, Guid UsageId, Guid? Corrects, string UserId, string Department, Guid? ApiKeyId, string Kind, string Purpose,
    string Model, string PriceClass, string Outcome, long PromptTokens, long CompletionTokens, long Pages, long Bytes, long? DurationMs, DateTime OccurredAt)
{
    public long Tokens => PromptTokens + CompletionTokens;
}
