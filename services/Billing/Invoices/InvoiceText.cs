using System.Globalization;
using LLMoin.Billing.Money;

namespace LLMoin.Billing.Invoices;

/// <summary>What an invoice says in words, and how German writes its figures.</summary>
internal static class InvoiceText
{
    /// <summary>As § 14a (5) UStG wants it on the invoice.</summary>
    public const string ReverseCharge = "Steuerschuldnerschaft des Leistungsempfängers";

    private static readonly CultureInfo German = Culture();

    public static string Title(Invoice invoice) => invoice.Kind == InvoiceKind.Cancellation ? $"Stornorechnung {invoice.Number}" : $"Rechnung {invoice.Number}";

    /// <summary>BT-22: what is billed, by what it can be checked, and why it is cancelled.</summary>
    public static string Note(Invoice invoice)
    {
        var subject = invoice.Preceding is { } preceding
            ? $"Storno der Rechnung {preceding.Number} vom {Date(preceding.IssuedOn)}. Grund: {invoice.Reason}. " : "";
        return $"{subject}Leistungszeitraum {Month(invoice)}. Nachweis: {LedgerProof(invoice)}";
    }

    public static string LedgerProof(Invoice invoice) => string.Create(CultureInfo.InvariantCulture,
        $"Nutzungsbuch des Mandanten bis einschließlich Eintrag {invoice.LedgerSeq}, SHA-256 {invoice.LedgerHash}.");

    /// <summary>BT-20.</summary>
    public static string Terms(Invoice invoice)
        => invoice.DueOn is { } due ? $"Zahlbar ohne Abzug bis {Date(due)}."
        : invoice.Totals.Gross < Cents.Zero ? "Der Betrag wird Ihnen gutgeschrieben." : "Es ist nichts zu zahlen.";

    public static string Month(Invoice invoice) => $"{Date(invoice.Month.FirstDay)} bis {Date(invoice.Month.LastDay)}";

    public static string Date(DateOnly date) => date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);

    /// <summary>E.g. <c>1.234,50 €</c>, which no line end parts.</summary>
    public static string Euro(Cents cents) => (cents.Value / 100m).ToString("#,##0.00", German) + "\u00a0€";

    public static string Number(long number) => number.ToString("#,##0", German);

    public static string Tax(Tax tax) => tax.Category == "AE" ? "§ 13b" : string.Create(CultureInfo.InvariantCulture, $"{tax.Percent} %");

    /// <summary>Of UN/ECE Recommendation 20; a code that has no short German word stays as it is.</summary>
    public static string Unit(string code) => code switch
    {
        "C62" or "H87" => "Stück",
        "MON" => "Monate",
        "DAY" => "Tage",
        "E34" => "GB",
        "4L" => "MB",
        "IE" => "Personen",
        _ => code,
    };

    /// <summary>Set by hand, as a machine may run without cultures (InvariantGlobalization).</summary>
    private static CultureInfo Culture()
    {
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        german.NumberFormat.NumberGroupSeparator = ".";
        return german;
    }
}
