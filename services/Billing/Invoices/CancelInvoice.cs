using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Billing.Invoices;

/// <param name="Reason">For the customer; stands on the cancellation.</param>
internal sealed record CancelOrder(string? Reason);

/// <summary>Takes an invoice back by a cancellation with a number of its own; asked again, it names the cancellation there is.</summary>
internal static class CancelInvoice
{
    public static async Task<Results<Created<Invoice>, Ok<Invoice>, ProblemResult>> HandleAsync(
        Guid id, CancelOrder order, Caller caller, BillingDatabase database, InvoiceIssuer issuer, CancellationToken cancellation)
    {
        if (order.Reason is not { } reason || reason.Trim().Length < 3 || reason.Length > 500 || reason.Any(char.IsControl))
            return InvoiceProblems.ReasonMissing;
        await using (var transaction = await database.BeginForOperatorAsync(caller, cancellation))
        {
            if (await InvoiceStore.FindAsync(transaction, id, cancellation) is not { } found)
                return InvoiceProblems.NotFound;
            if (found.Invoice.Kind == InvoiceKind.Cancellation)
                return InvoiceProblems.NotCancellable;
        }

        var (invoice, isNew) = (await issuer.CancelAsync(id, reason.Trim(), caller.UserId, cancellation))!.Value;
        return isNew ? TypedResults.Created($"/api/billing/invoices/{invoice.Id}", invoice) : TypedResults.Ok(invoice);
    }
}
