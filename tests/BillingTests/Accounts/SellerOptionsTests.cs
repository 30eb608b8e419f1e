using System.ComponentModel.DataAnnotations;
using LLMoin.Billing.Accounts;

namespace LLMoin.BillingTests.Accounts;

public sealed class SellerOptionsTests
{
    [Fact]
    public void Nothing_is_needed_to_start_and_everything_to_issue()
    {
        Assert.Empty(Wrong(new SellerOptions()));
        Assert.Equal(
            ["Name", "Street", "PostCode", "City", "ContactName", "ContactTelephone", "ContactMail", "Iban", "VatId"],
            new SellerOptions().Missing().Select(key => key["Billing:Seller:".Length..]));
    }

    [Fact]
    public void Without_a_vat_id_tax_number_and_register_do_together()
    {
        Assert.Contains("Billing:Seller:VatId", new SellerOptions { TaxNumber = "22/123/45678" }.Missing());
        Assert.DoesNotContain("Billing:Seller:VatId", new SellerOptions { TaxNumber = "22/123/45678", RegistrationNumber = "HRA 1" }.Missing());
    }

    [Fact]
    public void What_is_given_and_wrong_stops_the_start_with_its_key()
    {
        foreach (var (key, options) in new (string, SellerOptions)[]
                 {
                     ("Iban", new() { Iban = "DE02120300000000202052" }), ("Bic", new() { Bic = "BYLA" }), ("VatId", new() { VatId = "123" }),
                     ("ContactMail", new() { ContactMail = "amt" }), ("ContactTelephone", new() { ContactTelephone = "12" }), ("Country", new() { Country = "D" }),
                     ("ElectronicAddress", new() { ElectronicAddress = "amt@" }),
                 })
            Assert.Contains(Wrong(options), message => message.StartsWith($"Billing:Seller:{key} ", StringComparison.Ordinal));
        Assert.Single(Wrong(new SellerOptions { LegalText = "a\u0000" }));
    }

    private static List<string> Wrong(SellerOptions options) => [.. options.Validate(new ValidationContext(options)).Select(result => result.ErrorMessage!)];
}
