using LLMoin.Billing.Accounts;
using LLMoin.Billing.Months;
using LLMoin.Billing.Statements;
using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Invoices;

/// <summary>Issues and cancels, each in one transaction with its number.</summary>
internal sealed partial class InvoiceIssuer(
    BillingDatabase database, IOptions<SellerOptions> seller, IOptions<InvoiceOptions> invoices, BillingCalendar calendar, ILogger<InvoiceIssuer> logger)
    : IDisposable
{
    // Of many who want a number one waits for it at the database: all of them together would hold every connection of the process meanwhile.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <returns>The statement's invoice: a new one, or the one that stands already.</returns>
    /// <exception cref="InvalidDataException">The statement does not add up.</exception>
    public Task<(Invoice Invoice, bool IsNew)> IssueAsync(Statement statement, BillingAccount account, string by, CancellationToken cancellation)
        => InTurnAsync(() => IssueNowAsync(statement, account, by, cancellation), cancellation);

    /// <summary>By the seller that issued the invoice, whoever is configured now.</summary>
    /// <param name="id">Of an invoice, no cancellation.</param>
    /// <param name="reason">For the customer.</param>
    /// <returns>Its cancellation: a new one, or the one there is already. Null where there is no such invoice.</returns>
    public Task<(Invoice Cancellation, bool IsNew)?> CancelAsync(Guid id, string reason, string by, CancellationToken cancellation)
        => InTurnAsync(() => CancelNowAsync(id, reason, by, cancellation), cancellation);

    public void Dispose() => _turn.Dispose();

    private async Task<(Invoice Invoice, bool IsNew)> IssueNowAsync(Statement statement, BillingAccount account, string by, CancellationToken cancellation)
    {
        var issuer = Seller.Of(seller.Value);
        await using var transaction = await database.BeginForAllAsync(cancellation);
        var number = await InvoiceNumbers.TakeAsync(transaction, issuer.Id, invoices.Value.NumberPrefix, calendar.Today, cancellation);
        // Asked after the number is locked, so that of two who issue at once the second sees the first one's invoice.
        if (await InvoiceStore.FindStandingAsync(transaction, statement.Id, cancellation) is { } standing)
            return (standing.Invoice, false);
        var invoice = InvoiceMaker.From(statement, account, issuer, new InvoiceIdentity(Guid.CreateVersion7(), number.Number, number.On));
        await InvoiceStore.AddAsync(transaction, invoice, number, by, cancellation);
        await transaction.CommitAsync(cancellation);
        LogIssued(invoice.Id, account.Tenant);
        return (invoice, true);
    }

    private async Task<(Invoice Cancellation, bool IsNew)?> CancelNowAsync(Guid id, string reason, string by, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginForAllAsync(cancellation);
        if (await InvoiceStore.FindAsync(transaction, id, cancellation) is not { Invoice.Kind: InvoiceKind.Invoice } found)
            return null;
        var number = await InvoiceNumbers.TakeAsync(transaction, found.Invoice.Seller.Id, invoices.Value.NumberPrefix, calendar.Today, cancellation);
        found = (await InvoiceStore.FindAsync(transaction, id, cancellation))!;
        if (found.CancelledBy is { } cancelledBy)
            return ((await InvoiceStore.FindAsync(transaction, cancelledBy, cancellation))!.Invoice, false);
        var invoice = InvoiceMaker.Cancel(found.Invoice, reason, new InvoiceIdentity(Guid.CreateVersion7(), number.Number, number.On));
        await InvoiceStore.AddAsync(transaction, invoice, number, by, cancellation);
        await transaction.CommitAsync(cancellation);
        LogCancelled(id, invoice.Id);
        return (invoice, true);
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(LogLevel.Information, "Invoice {InvoiceId} issued to {Tenant}")]
    private partial void LogIssued(Guid invoiceId, string tenant);

    [LoggerMessage(LogLevel.Information, "Invoice {InvoiceId} cancelled by {CancellationId}")]
    private partial void LogCancelled(Guid invoiceId, Guid cancellationId);
}
