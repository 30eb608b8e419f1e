using LLMoin.Billing.Months;

namespace LLMoin.Billing.Ledger;

/// <summary>A row of <c>usage_ledger</c>.</summary>
/// <param name="Entry">What is booked.</param>
/// <param name="Reason">Why it corrects another; null where it does not.</param>
/// <param name="RecordedAt">When it was booked; UTC, to the microsecond.</param>
/// <param name="Hash">See <see cref="LedgerHash"/>; 32 bytes.</param>
internal sealed record SealedEntry(LedgerEntry Entry, string? Reason, DateTime RecordedAt, byte[] Hash)
{
    /// <summary>Puts an entry behind the end of its tenant's chain.</summary>
    public static SealedEntry After(LedgerHead head, NewEntry entry, BillingMonth happenedIn, DateTime recordedAt)
    {
        var booked = new LedgerEntry(
            entry.Tenant, head.Seq + 1, head.MonthFor(happenedIn), entry.UsageId, entry.Corrects, entry.UserId, entry.Department, entry.ApiKeyId, entry.Kind,
            entry.Purpose, entry.Model, entry.PriceClass, entry.Outcome, entry.PromptTokens, entry.CompletionTokens, entry.Pages, entry.Bytes,
            entry.DurationMs, entry.OccurredAt);
        return new SealedEntry(booked, entry.Reason, recordedAt, LedgerHash.Of(head.Hash, booked, entry.Reason, recordedAt));
    }
}
