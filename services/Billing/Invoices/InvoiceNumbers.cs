using System.Globalization;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Invoices;

/// <param name="Number">E.g. <c>LM-2026-000001</c>.</param>
/// <param name="On">The day of issue: never before that of the number before.</param>
internal readonly record struct TakenNumber(int Year, long Sequence, string Number, DateOnly On);

/// <summary>Numbers without gaps, ascending with the days of issue, for each seller and year.</summary>
internal static class InvoiceNumbers
{
    /// <summary>
    /// Takes the next number and keeps everybody else waiting until <paramref name="transaction"/> ends; rolled back, it is as if it had never
    /// been taken.
    /// </summary>
    public static async Task<TakenNumber> TakeAsync(TenantTransaction transaction, string seller, string prefix, DateOnly today, CancellationToken cancellation)
    {
        var row = await transaction.SingleAsync<Row>(
            """
            insert into invoice_counters (seller, year, last, last_on) values (@seller, @Year, 1, @today::date)
            on conflict (seller, year) do update set last = invoice_counters.last + 1, last_on = greatest(invoice_counters.last_on, excluded.last_on)
            returning last, last_on
            """, new { seller, today.Year, today }, cancellation);
        return new TakenNumber(today.Year, row!.Last, string.Create(CultureInfo.InvariantCulture, $"{prefix}-{today.Year}-{row.Last:000000}"), row.LastOn);
    }

    private sealed record Row(long Last, DateOnly LastOn);
}
