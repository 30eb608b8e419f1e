using System.Text.RegularExpressions;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Billing.Accounts;

internal sealed record AddressInput(string? Street, string? Extra, string? PostCode, string? City, string? Country);

internal sealed record ElectronicAddressInput(string? Scheme, string? Address);

internal sealed record ContactInput(string? Name, string? Telephone, string? Mail);

/// <summary>An account as an operator sends it; see <see cref="BillingAccount"/>. Without an electronic address the Leitweg-ID is it.</summary>
internal sealed partial record AccountInput(
    string? LegalName, AddressInput? Address, string? LeitwegId, ElectronicAddressInput? ElectronicAddress, string? VatId, ContactInput? Contact,
    string? OrderReference, int? PaymentDays)
{
    private const int MostDays = 120;
    private const int UsualDays = 30;

    /// <returns>Null, or the first field that is not as it should be.</returns>
    public ProblemResult? Check()
    {
        if (Lacks(LegalName, 2, 200)) return Wrong("legalName", "2 to 200 characters", "2 bis 200 Zeichen");
        if (Lacks(Address?.Street ?? "", 0, 120)) return Wrong("address.street", "at most 120 characters", "höchstens 120 Zeichen");
        if (Lacks(Address?.Extra ?? "", 0, 120)) return Wrong("address.extra", "at most 120 characters", "höchstens 120 Zeichen");
        if (Lacks(Address?.PostCode, 3, 12)) return Wrong("address.postCode", "3 to 12 characters", "3 bis 12 Zeichen");
        if (Lacks(Address?.City, 1, 80)) return Wrong("address.city", "1 to 80 characters", "1 bis 80 Zeichen");
        if (!Countries.Has(Address?.Country ?? "DE")) return Wrong("address.country", "a country of ISO 3166-1 such as DE", "ein Land nach ISO 3166-1 wie DE");
        if (!Accounts.LeitwegId.IsValid(LeitwegId))
            return Wrong("leitwegId", "a Leitweg-ID with right check digits, such as 04011000-1234512345-06", "eine Leitweg-ID mit richtiger Prüfziffer, etwa 04011000-1234512345-06");
        if (!IsElectronicAddress())
            return Wrong("electronicAddress", "scheme EM with an e-mail address, or 0204 with a Leitweg-ID", "Schema EM mit einer E-Mail-Adresse oder 0204 mit einer Leitweg-ID");
        if (!IsVatId(VatId ?? "")) return Wrong("vatId", "a VAT id such as DE123456789, or empty", "eine USt-IdNr. wie DE123456789, oder leer");
        if (Lacks(Contact?.Name ?? "", 0, 100)) return Wrong("contact.name", "at most 100 characters", "höchstens 100 Zeichen");
        if (Lacks(Contact?.Telephone ?? "", 0, 40)) return Wrong("contact.telephone", "at most 40 characters", "höchstens 40 Zeichen");
        if (Contact?.Mail is { Length: > 0 } mail && !IsMail(mail)) return Wrong("contact.mail", "an e-mail address", "eine E-Mail-Adresse");
        if (Lacks(OrderReference ?? "", 0, 100)) return Wrong("orderReference", "at most 100 characters", "höchstens 100 Zeichen");
        if (PaymentDays is < 0 or > MostDays) return Wrong("paymentDays", $"0 to {MostDays}", $"0 bis {MostDays}");
        return null;
    }

    /// <summary>The account it makes; valid after <see cref="Check"/>.</summary>
    public BillingAccount ToAccount(string tenant, int version, DateTime at) => new(
        tenant, LegalName!.Trim(),
        new PostalAddress(Trimmed(Address!.Street), Trimmed(Address.Extra), Address.PostCode!.Trim(), Address.City!.Trim(), Address.Country ?? "DE"), LeitwegId!,
        ElectronicAddress is null ? new(Accounts.ElectronicAddress.Leitweg, LeitwegId!) : new(ElectronicAddress.Scheme!, ElectronicAddress.Address!), VatId ?? "",
        new ContactPoint(Trimmed(Contact?.Name), Trimmed(Contact?.Telephone), Trimmed(Contact?.Mail)), Trimmed(OrderReference), PaymentDays ?? UsualDays, version, at);

    /// <summary>As BR-DE-28 wants it: one @, a dot in the domain, no dots or blanks at the edges.</summary>
    public static bool IsMail(string text) => text.Length <= 200 && Mail().IsMatch(text);

    /// <summary>Two letters of the country (BR-CO-09) and what the country makes of it; nine digits in Germany. Empty is none.</summary>
    public static bool IsVatId(string text) => text.Length == 0 || (Vat().IsMatch(text) && (Countries.Has(text[..2]) || text.StartsWith("EL", StringComparison.Ordinal)));

    private bool IsElectronicAddress() => ElectronicAddress is null
        || (ElectronicAddress.Scheme == Accounts.ElectronicAddress.Mail && IsMail(ElectronicAddress.Address ?? ""))
        || (ElectronicAddress.Scheme == Accounts.ElectronicAddress.Leitweg && Accounts.LeitwegId.IsValid(ElectronicAddress.Address));

    private static string Trimmed(string? text) => text?.Trim() ?? "";

    /// <summary>Characters that XML cannot hold (XML 1.0, section 2.2) are refused here, long before an invoice would break on them.</summary>
    private static bool Lacks(string? text, int least, int most) => text is null || text.Trim().Length < least || text.Length > most || text.Any(IsUnprintable);

    private static bool IsUnprintable(char character) => char.IsControl(character) || char.IsSurrogate(character) || character is '\uFFFE' or '\uFFFF';

    private static ProblemResult Wrong(string field, string expected, string erwartet)
        => new(ProblemType.InvalidRequest, $"{field}: {expected}.", field, $"{field}: {erwartet}.");

    [GeneratedRegex(@"\A[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Mail();

    [GeneratedRegex(@"\A(?:DE[0-9]{9}|(?!DE)[A-Z]{2}[A-Z0-9+*]{2,13})\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Vat();
}
