namespace LLMoin.Billing.Accounts;

/// <summary>Where post goes (BG-5, BG-8).</summary>
/// <param name="Street">Street and number, or a post-office box; empty where there is none.</param>
/// <param name="Extra">A second line, e.g. a department; empty where there is none.</param>
/// <param name="PostCode">Never empty (BR-DE-4, BR-DE-9).</param>
/// <param name="City">Never empty (BR-DE-3, BR-DE-8).</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
internal sealed record PostalAddress(string Street, string Extra, string PostCode, string City, string Country);

/// <summary>Where e-invoices go (BT-34, BT-49).</summary>
/// <param name="Scheme">Of the list EAS: <c>EM</c> for e-mail, <c>0204</c> for a Leitweg-ID.</param>
/// <param name="Address">As the scheme asks for.</param>
internal sealed record ElectronicAddress(string Scheme, string Address)
{
    public const string Mail = "EM";
    public const string Leitweg = "0204";
}

/// <summary>Whom to ask (BG-6, BG-9); what is not known is empty.</summary>
internal sealed record ContactPoint(string Name, string Telephone, string Mail);
