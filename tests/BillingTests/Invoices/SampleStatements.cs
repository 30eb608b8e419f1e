using LLMoin.Billing.Accounts;
using LLMoin.Billing.Invoices;
using LLMoin.Billing.Money;
using LLMoin.Billing.Months;
using LLMoin.Billing.Statements;

namespace LLMoin.BillingTests.Invoices;

/// <summary>Invoices of tenants that differ in everything an invoice can differ in.</summary>
internal static class SampleStatements
{
    public static readonly BillingMonth Month = new(2026, 11);

    public static readonly DateOnly Day = new(2026, 12, 2);

    public static readonly Seller Seller = new(
        "Rechenzentrum Nord AöR", new PostalAddress("Hafenstraße 12", "", "20457", "Hamburg", "DE"), "DE123456788", "", "HRA 4711",
        new ContactPoint("Abrechnung, Frau Öztürk", "+49 40 1234-567", "rechnung@rz-nord.example"), new ElectronicAddress("EM", "e-rechnung@rz-nord.example"),
        "DE02120300000000202051", "BYLADEM1001", "Rechenzentrum Nord AöR", "Anstalt öffentlichen Rechts, Vorstand: Dr. Jana Peters");

    /// <summary>By name; the ten that the brief of an auditor would ask for.</summary>
    public static IReadOnlyDictionary<string, (Statement Statement, BillingAccount Account)> All { get; } = new Dictionary<string, (Statement, BillingAccount)>
    {
        ["01-regelsteuersatz"] = (Statement("t01", Line("users", "Aktive Personen im November 2026", 120, 490)), Account("t01", "Stadt Musterhausen", "04011000-1234512345-06")),
        ["02-ermaessigt-ohne-feinadresse"] = (Statement("t02", Line("flat", "Grundpreis", 1, 49_900, tax: Tax.Reduced)), Account("t02", "Gemeinde Kleinbach", Leitweg("09564000"))),
        ["03-null-prozent"] = (Statement("t03", Line("storage", "Speicher", 250, 12, unit: "E34", tax: Tax.Zero)),
            Account("t03", "Universität Nordstadt", Leitweg("99", "UNI")) with { ElectronicAddress = new("EM", "rechnungseingang@uni-nordstadt.example"), OrderReference = "B-2026/0815" }),
        ["04-steuerschuld-des-empfaengers"] = (Statement("t04", Line("flat", "Grundpreis", 1, 120_000, tax: Tax.ReverseCharge)),
            Account("t04", "Grenzlandverbund EVTZ", Leitweg("09172", "EVTZ1")) with { VatId = "ATU12345678", Address = new("Residenzplatz 1", "Stiege 2", "5020", "Salzburg", "AT") }),
        ["05-drei-steuersaetze"] = (Statement("t05",
            Line("users", "Aktive Personen", 33, 333), Line("flat", "Schulungsunterlagen", 3, 1_799, tax: Tax.Reduced), Line("storage", "Speicher für Dritte", 7, 99, unit: "E34", tax: Tax.Zero)),
            Account("t05", "Landkreis Westerland", Leitweg("03452", "LK0001"))),
        ["06-staffeln"] = (Statement("t06",
            Line("users", "Aktive Personen 1 bis 50", 50, 500), Line("users", "Aktive Personen 51 bis 200", 150, 400), Line("users", "Aktive Personen ab 201", 17, 300)),
            Account("t06", "Ministerium für Inneres und Digitales", Leitweg("060000000000", "MID-42".Replace("-", "", StringComparison.Ordinal)))),
        ["07-anteilig-und-token"] = (Statement("t07",
            Line("users", "Aktive Personen, anteilig nach Tagen", 17, 490, basis: 30, unit: "DAY"), Line("tokens", "Token der Preisklasse Standard", 12_345_678, 85, basis: 1_000_000),
            Line("tokens", "Token der Preisklasse Groß", 999_999, 1_250, basis: 1_000_000)), Account("t07", "Stadtwerke Süd", Leitweg("08111000", "SWS"))),
        ["08-mindestpreis-und-rabatt"] = (Statement("t08",
            Line("users", "Aktive Personen", 12, 490, allowance: 588, reason: "10 % Rahmenvertrag"), Line("minimum", "Differenz zum Mindestpreis", 1, 14_708)),
            Account("t08", "Amt Flussniederung", Leitweg("12345678", "AF"))),
        ["09-korrekturen-und-sonderzeichen"] = (Statement("t09",
            Line("users", "Aktive Personen & <Gäste> „Größe“", 21, 490), Line("correction", "Korrektur Oktober 2026: doppelt gezählt", -2, 490), Line("tokens", "Token]]>", 1, 1, basis: 1_000)),
            Account("t09", "Ämter & Söhne <GmbH> \"Straße\" 'ß'", Leitweg("11000000", "B9Z")) with { Contact = new("Herr O'Neill <IT>", "", "") }),
        ["10-guthaben"] = (Statement("t10",
            Line("users", "Aktive Personen", 1, 490), Line("correction", "Korrektur September 2026", -33, 333, allowance: -500, reason: "Rabatt der korrigierten Position")),
            Account("t10", "Verbandsgemeinde Hochwald", Leitweg("07211000", "VG7"))),
    };

    public static Invoice Invoice(string name, string number = "LM-2026-000001")
        => InvoiceMaker.From(All[name].Statement, All[name].Account, Seller, new InvoiceIdentity(Guid.CreateVersion7(), number, Day));

    /// <summary>The ten invoices, a cancellation of one with and one without a sum to pay, and one over nothing.</summary>
    public static IReadOnlyDictionary<string, Invoice> Invoices()
    {
        var invoices = All.Keys.Index().ToDictionary(key => key.Item, key => Invoice(key.Item, $"LM-2026-{key.Index + 1:000000}"));
        foreach (var name in (string[])["08-mindestpreis-und-rabatt", "10-guthaben"])
            invoices[$"storno-{name}"] = InvoiceMaker.Cancel(invoices[name], "Falscher Empfänger", new InvoiceIdentity(Guid.CreateVersion7(), $"LM-2026-{invoices.Count + 1:000000}", Day.AddDays(3)));
        invoices["ohne-nutzung"] = InvoiceMaker.From(Statement("t11"), Account("t11", "Gemeinde Ruh", Leitweg("01")), Seller, new InvoiceIdentity(Guid.CreateVersion7(), "LM-2026-000013", Day));
        return invoices;
    }

    public static Statement Statement(string tenant, params StatementLine[] lines)
        => new(Guid.CreateVersion7(), tenant, Month, lines, lines.Sum(line => line.Net), 4_711, string.Concat(Enumerable.Repeat("0123456789abcdef", 4)), new DateTime(2026, 12, 1, 3, 0, 0, DateTimeKind.Utc));

    public static StatementLine Line(
        string kind, string description, long quantity, long cents, long basis = 1, string unit = "C62", Tax? tax = null, long allowance = 0, string reason = "")
    {
        var net = Cents.Round((Int128)quantity * cents, basis) - new Cents(allowance);
        var shares = Shares.Of(net, [3, 1, 1]);
        return new StatementLine(kind, description, quantity, basis, unit, new Cents(cents), new Cents(allowance), reason, net, tax ?? Tax.Standard,
            [new("hauptamt", "1100", shares[0]), new("bauamt", "6300", shares[1]), new("", "", shares[2])]);
    }

    public static BillingAccount Account(string tenant, string name, string leitweg) => new(
        tenant, name, new PostalAddress("Rathausplatz 1", "", "12345", "Musterhausen", "DE"), leitweg, new ElectronicAddress("0204", leitweg), "",
        new ContactPoint("Kämmerei", "0123 45-678", "kaemmerei@example.org"), "", 30, 1, new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc));

    /// <summary>With its check digits: 98 less the remainder of the number followed by 00, as the specification computes them.</summary>
    public static string Leitweg(string coarse, string fine = "")
    {
        var digits = string.Concat((coarse + fine).Select(letter => char.IsAsciiDigit(letter) ? $"{letter}" : $"{letter - 'A' + 10}"));
        var check = 98 - (int)(System.Numerics.BigInteger.Parse(digits + "00", System.Globalization.CultureInfo.InvariantCulture) % 97);
        return fine.Length > 0 ? $"{coarse}-{fine}-{check:00}" : $"{coarse}-{check:00}";
    }
}
