using System.Text.Json;
using LLMoin.Billing.Invoices.XRechnung;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Invoices;

/// <param name="Xml">The bytes that went out.</param>
/// <param name="CancelledBy">The cancellation's id; null while it stands.</param>
internal sealed record StoredInvoice(Invoice Invoice, byte[] Xml, Guid? CancelledBy);

internal static class InvoiceStore
{
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    public static Task AddAsync(TenantTransaction transaction, Invoice invoice, TakenNumber number, string by, CancellationToken cancellation)
        => transaction.ExecuteAsync(
            """
            insert into invoices
              (id, tenant, seller, year, sequence, number, kind, statement_id, month, cancels, issued_on, due_on, net, vat, gross, document, xml, issued_by)
            values (@Id, @Tenant, @Seller, @Year, @Sequence, @Number, @Kind, @StatementId, @Month, @Cancels, @IssuedOn, @DueOn, @Net, @Vat, @Gross,
              @Document::jsonb, @Xml, @By)
            """,
            new
            {
                invoice.Id,
                invoice.Buyer.Tenant,
                Seller = invoice.Seller.Id,
                number.Year,
                number.Sequence,
                invoice.Number,
                Kind = invoice.Kind == InvoiceKind.Cancellation ? "cancellation" : "invoice",
                invoice.StatementId,
                Month = invoice.Month.FirstDay,
                Cancels = invoice.Preceding?.Id,
                invoice.IssuedOn,
                invoice.DueOn,
                Net = invoice.Totals.Net.Value,
                Vat = invoice.Totals.Vat.Value,
                Gross = invoice.Totals.Gross.Value,
                Document = JsonSerializer.Serialize(invoice, Json),
                Xml = XRechnungWriter.Write(invoice),
                By = by,
            }, cancellation);

    /// <returns>Null where there is none, or the transaction does not see it.</returns>
    public static async Task<StoredInvoice?> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
        => Read(await transaction.SingleAsync<Row>(
            "select i.document::text as document, i.xml, c.id as cancelled_by from invoices i left join invoices c on c.cancels = i.id where i.id = @id", new { id }, cancellation));

    /// <summary>The invoice of a statement that stands.</summary>
    public static async Task<StoredInvoice?> FindStandingAsync(TenantTransaction transaction, Guid statementId, CancellationToken cancellation)
        => Read(await transaction.SingleAsync<Row>(
            """
            select i.document::text as document, i.xml, null::uuid as cancelled_by from invoices i
            where i.statement_id = @statementId and i.kind = 'invoice' and not exists (select from invoices c where c.cancels = i.id)
            """, new { statementId }, cancellation));

    private static StoredInvoice? Read(Row? row)
        => row is null ? null : new StoredInvoice(JsonSerializer.Deserialize<Invoice>(row.Document, Json)!, row.Xml, row.CancelledBy);

    private sealed record Row(string Document, byte[] Xml, Guid? CancelledBy);
}
