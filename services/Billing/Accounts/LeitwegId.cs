using System.Text.RegularExpressions;

namespace LLMoin.Billing.Accounts;

/// <summary>
/// The number by which an e-invoice finds a German public body (BT-10): coarse address of 2 to 12 digits, perhaps a fine address of up to 30
/// letters and digits, two check digits, with hyphens between ("Leitweg-ID Format-Spezifikation", KoSIT).
/// </summary>
internal static partial class LeitwegId
{
    /// <returns>False for a wrong form, a Land that there is not, or wrong check digits.</returns>
    public static bool IsValid(string? text)
        => text is not null && Form().IsMatch(text) && Mod97.IsValid(text.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant());

    /// <summary>01 to 16 are the Länder, 99 is the federation.</summary>
    [GeneratedRegex(@"\A(?:0[1-9]|1[0-6]|99)[0-9]{0,10}(?:-[A-Za-z0-9]{1,30})?-[0-9]{2}\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Form();
}
