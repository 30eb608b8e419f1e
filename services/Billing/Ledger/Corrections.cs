using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Ledger;

/// <summary>What is to be taken back of an entry. Quantities are zero or negative.</summary>
/// <param name="Id">Given by the client: sent again it is the same correction.</param>
/// <param name="Tenant">Whose entry.</param>
/// <param name="UsageId">The entry.</param>
/// <param name="Reason">For the statement and the auditor; at most 200 characters.</param>
internal sealed record Correction(
    Guid Id, string Tenant, Guid UsageId, string Reason, long PromptTokens = 0, long CompletionTokens = 0, long Pages = 0, long Bytes = 0)
{
    public IReadOnlyList<(string Field, long Quantity)> Quantities
        => [("promptTokens", PromptTokens), ("completionTokens", CompletionTokens), ("pages", Pages), ("bytes", Bytes)];
}

/// <summary>
/// Corrects an entry by a further one. It counts where the corrected one did: same person, department, model and time, so that it is priced
/// alike; and in the same month, or the first open one where that is closed.
/// </summary>
internal static class Corrections
{
    private const int LongestReason = 200;

    public static async Task<Results<Created<LedgerLine>, Ok<LedgerLine>, ProblemResult>> CreateAsync(
        Correction correction, Caller caller, BillingDatabase database, LedgerWriter ledger, IOptions<BillingOptions> options, CancellationToken cancellation)
    {
        if (Check(correction) is { } wrong)
            return wrong;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);
        await using var transaction = await database.BeginForOperatorAsync(caller, cancellation);
        if (await FindAsync(transaction, correction.Tenant, correction.UsageId, cancellation) is not { } corrected)
            return new ProblemResult(ProblemType.NotFound, "The tenant has no such entry. Ask the tenant's auditor for its usageId.", "usageId",
                "Der Mandant hat keinen solchen Eintrag. Dessen usageId kennt die Revision des Mandanten.");
        if (corrected.Entry.Corrects is not null)
            return new ProblemResult(ProblemType.Conflict, "A correction is not corrected. Correct the entry it refers to.", "usageId",
                "Eine Korrektur wird nicht korrigiert. Korrigieren Sie den Eintrag, auf den sie sich bezieht.");

        // From here on nobody else books for the tenant: what is left of the entry stays what it is.
        await LedgerHead.LockAsync(transaction, [correction.Tenant], cancellation);
        if (await FindAsync(transaction, correction.Tenant, correction.Id, cancellation) is { } before)
            return Same(before, correction) ? TypedResults.Ok(LedgerLine.Of(before, zone)) : Taken;
        var left = await LeftAsync(transaction, correction, cancellation);
        if (correction.Quantities.Zip(left.Quantities).FirstOrDefault(pair => pair.First.Quantity + pair.Second < 0).First.Field is { } field)
            return new ProblemResult(ProblemType.Conflict, "More would be taken back than is left of the entry.", field,
                "Es würde mehr zurückgenommen, als von dem Eintrag übrig ist.");
        if (await ledger.AppendAsync(transaction, [Entry(correction, corrected.Entry)], cancellation) is not [_])
            return Taken;
        var booked = await FindAsync(transaction, correction.Tenant, correction.Id, cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Created((string?)null, LedgerLine.Of(booked!, zone));
    }

    private static ProblemResult Taken => new(ProblemType.Conflict, "The id stands for something else already. Take a new UUID.", "id",
        "Die id steht schon für etwas anderes. Nehmen Sie eine neue UUID.");

    private static ProblemResult? Check(Correction correction)
    {
        if (correction.Id == Guid.Empty)
            return new ProblemResult(ProblemType.InvalidRequest, "id is a UUID of your choice.", "id", "id ist eine UUID Ihrer Wahl.");
        if (string.IsNullOrEmpty(correction.Tenant))
            return new ProblemResult(ProblemType.InvalidRequest, "Name the tenant.", "tenant", "Nennen Sie den Mandanten.");
        if (string.IsNullOrWhiteSpace(correction.Reason) || correction.Reason.Length > LongestReason || correction.Reason.Any(char.IsControl))
            return new ProblemResult(ProblemType.InvalidRequest, $"Give a reason of at most {LongestReason} characters.", "reason",
                $"Nennen Sie einen Grund mit höchstens {LongestReason} Zeichen.");
        if (correction.Quantities.FirstOrDefault(quantity => quantity.Quantity > 0).Field is { } field)
            return new ProblemResult(ProblemType.InvalidRequest, "A correction takes back: the quantity is zero or negative.", field,
                "Eine Korrektur nimmt zurück: Die Menge ist null oder negativ.");
        return correction.Quantities.All(quantity => quantity.Quantity == 0)
            ? new ProblemResult(ProblemType.InvalidRequest, "At least one quantity is negative.", "promptTokens", "Mindestens eine Menge ist negativ.")
            : null;
    }

    private static bool Same(SealedEntry row, Correction correction)
        => row.Entry.Corrects == correction.UsageId && row.Reason == correction.Reason && row.Entry.PromptTokens == correction.PromptTokens
           && row.Entry.CompletionTokens == correction.CompletionTokens && row.Entry.Pages == correction.Pages && row.Entry.Bytes == correction.Bytes;

    private static NewEntry Entry(Correction correction, LedgerEntry corrected) => new()
    {
        Tenant = corrected.Tenant,
        UsageId = correction.Id,
        Corrects = corrected.UsageId,
        Reason = correction.Reason,
        UserId = corrected.UserId,
        Department = corrected.Department,
        ApiKeyId = corrected.ApiKeyId,
        Kind = corrected.Kind,
        Purpose = corrected.Purpose,
        Model = corrected.Model,
        PriceClass = corrected.PriceClass,
        Outcome = corrected.Outcome,
        PromptTokens = correction.PromptTokens,
        CompletionTokens = correction.CompletionTokens,
        Pages = correction.Pages,
        Bytes = correction.Bytes,
        OccurredAt = corrected.OccurredAt,
    };

    private static async Task<SealedEntry?> FindAsync(TenantTransaction transaction, string tenant, Guid usageId, CancellationToken cancellation)
        => await LedgerTable.QueryAsync(transaction, "where tenant = $1 and usage_id = $2", [new() { Value = tenant }, new() { Value = usageId }], cancellation)
            is [var row, ..] ? row : null;

    private static async Task<Left> LeftAsync(TenantTransaction transaction, Correction correction, CancellationToken cancellation)
        => (await transaction.SingleAsync<Left>(
            """
            select sum(prompt_tokens)::bigint as prompt_tokens, sum(completion_tokens)::bigint as completion_tokens, sum(pages)::bigint as pages,
              sum(bytes)::bigint as bytes
            from usage_ledger where tenant = @Tenant and (usage_id = @UsageId or corrects = @UsageId)
            """, new { correction.Tenant, correction.UsageId }, cancellation))!;

    private sealed record Left(long PromptTokens, long CompletionTokens, long Pages, long Bytes)
    {
        public IReadOnlyList<long> Quantities => [PromptTokens, CompletionTokens, Pages, Bytes];
    }
}
