using LLMoin.Billing.Money;
using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Billing.Invoices;

/// <param name="State"><c>issued</c>, <c>cancelled</c> or, for what cancels another, <c>cancellation</c>.</param>
/// <param name="CancelledBy">The cancellation's id.</param>
/// <param name="Cancels">The id of what it cancels.</param>
internal sealed record InvoiceSummary(
    Guid Id, string Number, string Tenant, BillingMonth Month, string State, DateOnly IssuedOn, DateOnly? DueOn, Cents Net, Cents Vat, Cents Gross, Guid StatementId,
    Guid? CancelledBy, Guid? Cancels);

/// <summary>Invoices, newest first: an operator's are everybody's, others' those of their tenant.</summary>
internal static class ListInvoices
{
    public static async Task<Results<Ok<Page<InvoiceSummary>>, ProblemResult>> HandleAsync(
        Caller caller, BillingDatabase database, CancellationToken cancellation,
        int limit = Page.DefaultLimit, Guid? after = null, string? month = null, string? tenant = null, string? state = null)
    {
        if (Page.Check(limit) is { } wrongLimit)
            return wrongLimit;
        if (!BillingMonth.TryParse(month, out var wanted) && month is not null)
            return InvoiceProblems.MonthMissing;
        if (state is not (null or "issued" or "cancelled" or "cancellation"))
            return InvoiceProblems.StateUnknown;

        await using var transaction = await database.BeginToReadAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<Row>(
            """
            with seen as (
              select i.*, c.id as cancelled_by, case when i.kind = 'cancellation' then 'cancellation' when c.id is null then 'issued' else 'cancelled' end as state
              from invoices i left join invoices c on c.cancels = i.id)
            select id, number, tenant, month, state, issued_on, due_on, net, vat, gross, statement_id, cancelled_by, cancels from seen
            where (@First::date is null or month = @First) and (@tenant::text is null or tenant = @tenant) and (@state::text is null or state = @state)
              and (@after::uuid is null or (year, sequence, id) < (select last.year, last.sequence, last.id from invoices last where last.id = @after))
            order by year desc, sequence desc, id desc limit @limit + 1
            """, new { First = month is null ? (DateOnly?)null : wanted.FirstDay, tenant, state, after, limit }, cancellation);
        return TypedResults.Ok(Page.Of([.. rows.Select(row => row.ToSummary())], limit, (InvoiceSummary invoice) => invoice.Id.ToString()));
    }

    private sealed class Row
    {
        public Guid Id { get; init; }

        public string Number { get; init; } = "";

        public string Tenant { get; init; } = "";

        public DateOnly Month { get; init; }

        public string State { get; init; } = "";

        public DateOnly IssuedOn { get; init; }

        public DateOnly? DueOn { get; init; }

        public long Net { get; init; }

        public long Vat { get; init; }

        public long Gross { get; init; }

        public Guid StatementId { get; init; }

        public Guid? CancelledBy { get; init; }

        public Guid? Cancels { get; init; }

        public InvoiceSummary ToSummary() => new(
            Id, Number, Tenant, BillingMonth.Of(Month), State, IssuedOn, DueOn, new Cents(Net), new Cents(Vat), new Cents(Gross), StatementId, CancelledBy, Cancels);
    }
}
