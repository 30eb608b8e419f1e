namespace LLMoin.Billing.Accounts;

/// <summary>Who issues an invoice, as it is at that moment; what there is not is empty. See <see cref="SellerOptions"/>.</summary>
internal sealed record Seller(
    string Name, PostalAddress Address, string VatId, string TaxNumber, string RegistrationNumber, ContactPoint Contact, ElectronicAddress ElectronicAddress,
    string Iban, string Bic, string AccountHolder, string LegalText)
{
    /// <summary>By whom numbers are counted: another taxable person begins at 1.</summary>
    public string Id => VatId.Length > 0 ? VatId : TaxNumber;

    public static Seller Of(SellerOptions options) => new(
        options.Name, new PostalAddress(options.Street, "", options.PostCode, options.City, options.Country), options.VatId, options.TaxNumber, options.RegistrationNumber,
        new ContactPoint(options.ContactName, options.ContactTelephone, options.ContactMail),
        new ElectronicAddress(Accounts.ElectronicAddress.Mail, options.ElectronicAddress.Length > 0 ? options.ElectronicAddress : options.ContactMail),
        options.Iban, options.Bic, options.AccountHolder.Length > 0 ? options.AccountHolder : options.Name, options.LegalText);
}
