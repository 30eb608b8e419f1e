using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using LLMoin.Billing.Csv;
using LLMoin.Billing.Invoices.XRechnung;
using LLMoin.Exports;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace LLMoin.Billing.Invoices;

/// <param name="Invoice">As issued.</param>
/// <param name="CancelledBy">The cancellation's id; null while it stands.</param>
internal sealed record InvoiceView(Invoice Invoice, Guid? CancelledBy);

/// <summary>One invoice as JSON, XRechnung, PDF or CSV; each with an ETag, and 304 for who has it.</summary>
internal static class ReadInvoice
{
    public static Task<Results<FileContentHttpResult, ProblemResult>> JsonAsync(
        Guid id, Caller caller, HttpResponse response, BillingDatabase database, IOptions<JsonOptions> json, CancellationToken cancellation)
        => SendAsync(id, caller, response, database, found => (
            JsonSerializer.SerializeToUtf8Bytes(new InvoiceView(found.Invoice, found.CancelledBy), json.Value.SerializerOptions), "application/json; charset=utf-8", null), cancellation);

    /// <summary>The very bytes that were stored when it was issued.</summary>
    public static Task<Results<FileContentHttpResult, ProblemResult>> XmlAsync(
        Guid id, Caller caller, HttpResponse response, BillingDatabase database, CancellationToken cancellation)
        => SendAsync(id, caller, response, database, found => (found.Xml, XRechnungWriter.ContentType, $"{found.Invoice.Number}.xml"), cancellation);

    public static Task<Results<FileContentHttpResult, ProblemResult>> PdfAsync(
        Guid id, Caller caller, HttpResponse response, BillingDatabase database, CancellationToken cancellation)
        => SendAsync(id, caller, response, database, found =>
        {
            var file = Exporter.Write(InvoiceDocument.Of(found.Invoice), ExportFormat.Pdf);
            return (file.Content, file.ContentType, file.FileName);
        }, cancellation);

    public static Task<Results<FileContentHttpResult, ProblemResult>> CsvAsync(
        Guid id, Caller caller, HttpResponse response, BillingDatabase database, CancellationToken cancellation)
        => SendAsync(id, caller, response, database, found => (InvoiceCsv.Write(found.Invoice), CsvTable.ContentType, $"{found.Invoice.Number}.csv"), cancellation);

    private static async Task<Results<FileContentHttpResult, ProblemResult>> SendAsync(
        Guid id, Caller caller, HttpResponse response, BillingDatabase database, Func<StoredInvoice, (byte[] Content, string Type, string? Name)> write, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginToReadAsync(caller, cancellation);
        if (await InvoiceStore.FindAsync(transaction, id, cancellation) is not { } found)
            return InvoiceProblems.NotFound;
        var (content, type, name) = write(found);
        // Kept by the reader alone, who asks each time: roles may have changed, the bytes have not.
        response.Headers.CacheControl = "private, no-cache";
        var tag = new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, 12))}\"");
        return TypedResults.File(content, type, name, entityTag: tag);
    }
}
