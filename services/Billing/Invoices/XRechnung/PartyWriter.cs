using LLMoin.Billing.Accounts;

namespace LLMoin.Billing.Invoices.XRechnung;

/// <summary>Seller and buyer (BG-4 to BG-9).</summary>
internal static class PartyWriter
{
    public static void WriteSeller(UblWriter ubl, Seller seller) => ubl.Group("AccountingSupplierParty", () => ubl.Group("Party", () =>
    {
        WriteEndpoint(ubl, seller.ElectronicAddress);                                             // BT-34
        WriteAddress(ubl, seller.Address);                                                        // BG-5
        WriteTax(ubl, seller.VatId, "VAT");                                                       // BT-31
        WriteTax(ubl, seller.TaxNumber, "FC");                                                    // BT-32
        ubl.Group("PartyLegalEntity", () =>
        {
            ubl.Text("RegistrationName", seller.Name);                                            // BT-27
            ubl.Text("CompanyID", seller.RegistrationNumber);                                     // BT-30
            ubl.Text("CompanyLegalForm", seller.LegalText);                                       // BT-33
        });
        WriteContact(ubl, seller.Contact);                                                        // BG-6
    }));

    public static void WriteBuyer(UblWriter ubl, BillingAccount buyer) => ubl.Group("AccountingCustomerParty", () => ubl.Group("Party", () =>
    {
        WriteEndpoint(ubl, buyer.ElectronicAddress);                                              // BT-49
        WriteAddress(ubl, buyer.Address);                                                         // BG-8
        WriteTax(ubl, buyer.VatId, "VAT");                                                        // BT-48
        ubl.Group("PartyLegalEntity", () => ubl.Text("RegistrationName", buyer.LegalName));       // BT-44
        WriteContact(ubl, buyer.Contact);                                                         // BG-9
    }));

    private static void WriteEndpoint(UblWriter ubl, ElectronicAddress address) => ubl.Text("EndpointID", address.Address, "schemeID", address.Scheme);

    private static void WriteAddress(UblWriter ubl, PostalAddress address) => ubl.Group("PostalAddress", () =>
    {
        ubl.Text("StreetName", address.Street);                                                   // BT-35, BT-50
        ubl.Text("AdditionalStreetName", address.Extra);                                          // BT-36, BT-51
        ubl.Text("CityName", address.City);                                                       // BT-37, BT-52
        ubl.Text("PostalZone", address.PostCode);                                                 // BT-38, BT-53
        ubl.Group("Country", () => ubl.Text("IdentificationCode", address.Country));              // BT-40, BT-55
    });

    /// <param name="ubl">Where to.</param>
    /// <param name="id">Empty: nothing is written.</param>
    /// <param name="scheme"><c>VAT</c> for a VAT id; anything else is a local tax number.</param>
    private static void WriteTax(UblWriter ubl, string id, string scheme)
    {
        if (id.Length == 0)
            return;
        ubl.Group("PartyTaxScheme", () =>
        {
            ubl.Text("CompanyID", id);
            ubl.Group("TaxScheme", () => ubl.Text("ID", scheme));
        });
    }

    private static void WriteContact(UblWriter ubl, ContactPoint contact)
    {
        if (contact is { Name: "", Telephone: "", Mail: "" })
            return;
        ubl.Group("Contact", () =>
        {
            ubl.Text("Name", contact.Name);                                                       // BT-41, BT-56
            ubl.Text("Telephone", contact.Telephone);                                             // BT-42, BT-57
            ubl.Text("ElectronicMail", contact.Mail);                                             // BT-43, BT-58
        });
    }
}
