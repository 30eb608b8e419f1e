using LLMoin.Billing.Accounts;
using LLMoin.Billing.Months;
using LLMoin.Billing.Statements;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Invoices;

/// <param name="Month">A closed one.</param>
/// <param name="ReissueCancelled">Whether statements whose invoice was cancelled get a new one.</param>
internal sealed record IssueOrder(BillingMonth? Month, bool ReissueCancelled = false);

internal sealed record IssuedInvoice(Guid Id, string Number, string Tenant);

/// <param name="Tenant">Who got no invoice.</param>
/// <param name="Missing"><c>account</c>, <c>vatId</c>, or <c>statement</c> where it does not add up.</param>
/// <param name="Detail">The way out.</param>
/// <param name="DetailDe">The same in German.</param>
internal sealed record NotIssued(string Tenant, string Missing, string Detail, string DetailDe);

/// <param name="Month">For which month.</param>
/// <param name="Issued">Now.</param>
/// <param name="Standing">Statements that had an invoice before.</param>
/// <param name="Zero">Statements over nothing, which get none unless <c>Billing:Invoices:IssueZero</c>.</param>
/// <param name="Cancelled">Tenants whose invoice was cancelled and not issued anew; <c>reissueCancelled</c> does.</param>
/// <param name="NotIssued">Tenants who should have got one and did not.</param>
/// <param name="StillClosing">Tenants whose month is not closed yet; issue again afterwards.</param>
internal sealed record IssueReport(
    BillingMonth Month, IReadOnlyList<IssuedInvoice> Issued, int Standing, int Zero, IReadOnlyList<string> Cancelled, IReadOnlyList<NotIssued> NotIssued, long StillClosing);

/// <summary>
/// All invoices of a closed month, each in a transaction of its own: cut off anywhere, it is taken up by asking again, and asking twice changes nothing.
/// </summary>
internal sealed partial class IssueInvoices(
    BillingDatabase database, InvoiceIssuer issuer, IOptions<SellerOptions> seller, IOptions<InvoiceOptions> options, ILogger<IssueInvoices> logger)
{
    public static Task<Results<Ok<IssueReport>, ProblemResult>> HandleAsync(IssueOrder order, Caller caller, IssueInvoices issue, CancellationToken cancellation)
        => issue.RunAsync(order, caller, cancellation);

    private async Task<Results<Ok<IssueReport>, ProblemResult>> RunAsync(IssueOrder order, Caller caller, CancellationToken cancellation)
    {
        if (order.Month is not { } month)
            return InvoiceProblems.MonthMissing;
        if (seller.Value.Missing() is { Count: > 0 } missing)
            return InvoiceProblems.SellerIncomplete(missing);
        var (statements, stillClosing) = await StatementsAsync(caller, month, cancellation);
        if (statements.Count == 0)
            return InvoiceProblems.MonthOpen(month);

        var (issued, notIssued, cancelled) = (new List<IssuedInvoice>(), new List<NotIssued>(), new List<string>());
        var (standing, zero) = (0, 0);
        foreach (var statement in statements)
        {
            if (statement.Standing)
                standing++;
            else if (statement.Net == 0 && !options.Value.IssueZero)
                zero++;
            else if (statement.Invoiced && !order.ReissueCancelled)
                cancelled.Add(statement.Tenant);
            else
            {
                var (invoice, refused) = await IssueAsync(caller, statement, cancellation);
                if (refused is not null)
                    notIssued.Add(refused);
                else if (invoice is not null)
                    issued.Add(invoice);
                else
                    standing++;
            }
        }

        return TypedResults.Ok(new IssueReport(month, issued, standing, zero, cancelled, notIssued, stillClosing));
    }

    /// <returns>Neither where somebody else has issued it meanwhile.</returns>
    private async Task<(IssuedInvoice? Issued, NotIssued? Refused)> IssueAsync(Caller caller, Row row, CancellationToken cancellation)
    {
        var (statement, account) = await ReadAsync(caller, row, cancellation);
        if (account is null)
            return (null, new NotIssued(row.Tenant, "account", $"Create it: PUT /api/billing/accounts/{row.Tenant}.", $"Bitte anlegen: PUT /api/billing/accounts/{row.Tenant}."));
        if (account.VatId.Length == 0 && statement.Lines.Any(line => line.Tax == Money.Tax.ReverseCharge))
            return (null, new NotIssued(row.Tenant, "vatId", "Reverse charge needs the buyer's VAT id; add it to the account.",
                "Die Steuerschuldnerschaft des Empfängers verlangt dessen USt-IdNr.; bitte im Rechnungskonto ergänzen."));
        try
        {
            var (invoice, isNew) = await issuer.IssueAsync(statement, account, caller.UserId, cancellation);
            return (isNew ? new IssuedInvoice(invoice.Id, invoice.Number, row.Tenant) : null, null);
        }
        catch (InvalidDataException inconsistent)
        {
            LogInconsistent(inconsistent, row.Id);
            return (null, new NotIssued(row.Tenant, "statement", "The statement does not add up; report it to the developers.",
                "Die Abrechnung geht nicht auf; bitte den Entwicklern melden."));
        }
    }

    private async Task<(Statement Statement, BillingAccount? Account)> ReadAsync(Caller caller, Row row, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginForOperatorAsync(caller, cancellation);
        return ((await StatementStore.FindAsync(transaction, row.Id, cancellation))!, await AccountStore.FindAsync(transaction, row.Tenant, cancellation));
    }

    private async Task<(IReadOnlyList<Row> Statements, long StillClosing)> StatementsAsync(Caller caller, BillingMonth month, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginForOperatorAsync(caller, cancellation);
        var statements = await transaction.QueryAsync<Row>(
            """
            select s.id, s.tenant, s.net, count(i.id) > 0 as invoiced, count(i.id) filter (where c.id is null) > 0 as standing
            from statements s left join invoices i on i.statement_id = s.id and i.kind = 'invoice' left join invoices c on c.cancels = i.id
            where s.month = @FirstDay::date group by s.id order by s.tenant
            """, new { month.FirstDay }, cancellation);
        return (statements, await transaction.SingleAsync<long>(
            "select count(*) from closing_steps where month = @FirstDay::date and closed_at is null", new { month.FirstDay }, cancellation));
    }

    [LoggerMessage(LogLevel.Error, "Statement {StatementId} does not add up and is not invoiced")]
    private partial void LogInconsistent(Exception exception, Guid statementId);

    private sealed record Row(Guid Id, string Tenant, long Net, bool Invoiced, bool Standing);
}
