using System.ComponentModel.DataAnnotations;

namespace LLMoin.Billing.Accounts;

/// <summary>
/// Section <c>Billing:Seller</c>: who issues the invoices. None of it is needed to start; what is given is checked, and issuing names what is missing.
/// </summary>
internal sealed class SellerOptions : IValidatableObject
{
    public const string Section = "Billing:Seller";

    /// <summary>As registered (BT-27).</summary>
    [StringLength(200)]
    public string Name { get; init; } = "";

    [StringLength(120)]
    public string Street { get; init; } = "";

    [StringLength(12)]
    public string PostCode { get; init; } = "";

    [StringLength(80)]
    public string City { get; init; } = "";

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Country { get; init; } = "DE";

    /// <summary>USt-IdNr. (BT-31).</summary>
    public string VatId { get; init; } = "";

    /// <summary>Steuernummer (BT-32), where there is no VAT id.</summary>
    [StringLength(40)]
    public string TaxNumber { get; init; } = "";

    /// <summary>Number in the commercial register or the like (BT-30); needed beside <see cref="TaxNumber"/> where there is no VAT id (BR-CO-26).</summary>
    [StringLength(60)]
    public string RegistrationNumber { get; init; } = "";

    /// <summary>BT-41; BR-DE-5 asks for it.</summary>
    [StringLength(100)]
    public string ContactName { get; init; } = "";

    /// <summary>BT-42; BR-DE-6 and BR-DE-27 ask for three digits at least.</summary>
    [StringLength(40)]
    public string ContactTelephone { get; init; } = "";

    /// <summary>BT-43; BR-DE-7 asks for it.</summary>
    public string ContactMail { get; init; } = "";

    /// <summary>BT-34 without its scheme: an e-mail address; <see cref="ContactMail"/> without one.</summary>
    public string ElectronicAddress { get; init; } = "";

    /// <summary>BT-84, without blanks.</summary>
    public string Iban { get; init; } = "";

    /// <summary>BT-86.</summary>
    public string Bic { get; init; } = "";

    /// <summary>BT-85; <see cref="Name"/> without one.</summary>
    [StringLength(200)]
    public string AccountHolder { get; init; } = "";

    /// <summary>What else the law wants on business letters, e.g. court and managing directors (BT-33).</summary>
    [StringLength(500)]
    public string LegalText { get; init; } = "";

    /// <summary>The keys without which no invoice can be issued and that are not given.</summary>
    public IReadOnlyList<string> Missing() =>
    [
        .. new[]
        {
            (nameof(Name), Name), (nameof(Street), Street), (nameof(PostCode), PostCode), (nameof(City), City), (nameof(ContactName), ContactName),
            (nameof(ContactTelephone), ContactTelephone), (nameof(ContactMail), ContactMail), (nameof(Iban), Iban),
        }.Where(key => string.IsNullOrWhiteSpace(key.Item2)).Select(key => $"{Section}:{key.Item1}"),
        .. VatId.Length > 0 || (TaxNumber.Length > 0 && RegistrationNumber.Length > 0) ? Array.Empty<string>() : [$"{Section}:{nameof(VatId)}"],
    ];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Countries.Has(Country))
            yield return Wrong(nameof(Country), "is no country of ISO 3166-1 such as DE");
        if (!AccountInput.IsVatId(VatId))
            yield return Wrong(nameof(VatId), "is no VAT id such as DE123456789");
        if (ContactMail.Length > 0 && !AccountInput.IsMail(ContactMail))
            yield return Wrong(nameof(ContactMail), "is no e-mail address");
        if (ElectronicAddress.Length > 0 && !AccountInput.IsMail(ElectronicAddress))
            yield return Wrong(nameof(ElectronicAddress), "is no e-mail address");
        if (ContactTelephone.Length > 0 && ContactTelephone.Count(char.IsAsciiDigit) < 3)
            yield return Wrong(nameof(ContactTelephone), "has fewer than three digits (BR-DE-27)");
        if (Iban.Length > 0 && !Mod97.IsIban(Iban))
            yield return Wrong(nameof(Iban), "is no IBAN with right check digits, without blanks");
        if (Bic.Length is not (0 or 8 or 11) || !Bic.All(char.IsAsciiLetterOrDigit))
            yield return Wrong(nameof(Bic), "is no BIC of 8 or 11 characters");
        if (new[] { Name, Street, PostCode, City, TaxNumber, RegistrationNumber, ContactName, AccountHolder, LegalText }.Any(text => text.Any(char.IsControl)))
            yield return new ValidationResult($"{Section} holds control characters, which no e-invoice can.");
    }

    private static ValidationResult Wrong(string key, string what) => new($"{Section}:{key} {what}.", [key]);
}
