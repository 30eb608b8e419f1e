using LLMoin.Billing.Accounts;

namespace LLMoin.Billing.Invoices.XRechnung;

/// <summary>
/// An invoice as XRechnung 3.0 in UBL 2.1: the German core invoice usage specification of EN 16931-1, in the syntax of CEN/TS 16931-3-2. The
/// elements stand in the order of the UBL schema; what they mean is said by the business terms (BT) beside them.
/// </summary>
internal static class XRechnungWriter
{
    public const string ContentType = "application/xml";

    private const string Specification = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0";
    private const string Process = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

    /// <summary>UNTDID 4461: SEPA credit transfer.</summary>
    private const string CreditTransfer = "58";

    /// <summary>UNTDID 4461: clearing between partners, for what the buyer gets.</summary>
    private const string Clearing = "97";

    /// <returns>UTF-8 without a byte order mark.</returns>
    public static byte[] Write(Invoice invoice)
    {
        using var output = new MemoryStream();
        using (var ubl = new UblWriter(output))
        {
            WriteHead(ubl, invoice);
            PartyWriter.WriteSeller(ubl, invoice.Seller);
            PartyWriter.WriteBuyer(ubl, invoice.Buyer);
            WritePayment(ubl, invoice);
            AmountWriter.Write(ubl, invoice);
        }

        return output.ToArray();
    }

    private static void WriteHead(UblWriter ubl, Invoice invoice)
    {
        ubl.Text("CustomizationID", Specification);                                               // BT-24
        ubl.Text("ProfileID", Process);                                                           // BT-23
        ubl.Text("ID", invoice.Number);                                                           // BT-1
        ubl.Date("IssueDate", invoice.IssuedOn);                                                  // BT-2
        ubl.Date("DueDate", invoice.DueOn);                                                       // BT-9
        ubl.Text("InvoiceTypeCode", invoice.Kind == InvoiceKind.Cancellation ? "384" : "380");    // BT-3
        ubl.Text("Note", InvoiceText.Note(invoice));                                              // BT-22
        ubl.Text("DocumentCurrencyCode", "EUR");                                                  // BT-5
        ubl.Text("BuyerReference", invoice.Buyer.LeitwegId);                                      // BT-10
        ubl.Group("InvoicePeriod", () =>
        {
            ubl.Date("StartDate", invoice.Month.FirstDay);                                        // BT-73
            ubl.Date("EndDate", invoice.Month.LastDay);                                           // BT-74
        });
        if (invoice.Buyer.OrderReference.Length > 0)
            ubl.Group("OrderReference", () => ubl.Text("ID", invoice.Buyer.OrderReference));      // BT-13
        if (invoice.Preceding is { } preceding)
            ubl.Group("BillingReference", () => ubl.Group("InvoiceDocumentReference", () =>
            {
                ubl.Text("ID", preceding.Number);                                                 // BT-25
                ubl.Date("IssueDate", preceding.IssuedOn);                                        // BT-26
            }));
    }

    private static void WritePayment(UblWriter ubl, Invoice invoice)
    {
        ubl.Group("PaymentMeans", () =>
        {
            ubl.Text("PaymentMeansCode", invoice.IsPayable ? CreditTransfer : Clearing);          // BT-81
            if (!invoice.IsPayable)
                return;
            ubl.Text("PaymentID", invoice.Number);                                                // BT-83
            ubl.Group("PayeeFinancialAccount", () => WriteBank(ubl, invoice.Seller));
        });
        ubl.Group("PaymentTerms", () => ubl.Text("Note", InvoiceText.Terms(invoice)));            // BT-20
    }

    private static void WriteBank(UblWriter ubl, Seller seller)
    {
        ubl.Text("ID", seller.Iban);                                                              // BT-84
        ubl.Text("Name", seller.AccountHolder);                                                   // BT-85
        if (seller.Bic.Length > 0)
            ubl.Group("FinancialInstitutionBranch", () => ubl.Text("ID", seller.Bic));            // BT-86
    }
}
