using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Billing.Ledger.Verification;

/// <summary>The auditor's own tenant's chain, verified while they wait.</summary>
internal static class VerifyLedger
{
    public static async Task<Results<Ok<LedgerReport>, ProblemResult>> VerifyAsync(
        Caller caller, LedgerVerifier verifier, CancellationToken cancellation, string? seq = null, string? hash = null)
    {
        var anchor = LedgerAnchor.TryParse(seq, hash);
        if (anchor is null && (seq is not null || hash is not null))
            return new ProblemResult(ProblemType.InvalidRequest, "seq and hash are those of a statement: a number and 64 hexadecimal digits.", "hash",
                "seq und hash stehen auf der Abrechnung: eine Nummer und 64 hexadezimale Ziffern.");
        return TypedResults.Ok(await verifier.VerifyAsync(caller.Tenant, anchor, cancellation));
    }
}
