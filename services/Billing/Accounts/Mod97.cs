namespace LLMoin.Billing.Accounts;

/// <summary>
/// ISO 7064, MOD 97-10, as IBAN (ISO 13616) and Leitweg-ID use it: letters count from A = 10 to Z = 35, and the whole, read as one number,
/// leaves 1 when divided by 97.
/// </summary>
internal static class Mod97
{
    /// <param name="text">With its check digits at the end.</param>
    /// <returns>False for anything but letters A–Z and digits, too.</returns>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        var rest = 0;
        foreach (var character in text)
        {
            if (char.IsAsciiDigit(character))
                rest = ((rest * 10) + character - '0') % 97;
            else if (char.IsAsciiLetterUpper(character))
                rest = ((rest * 100) + character - 'A' + 10) % 97;
            else
                return false;
        }

        return rest == 1;
    }

    /// <param name="iban">Without blanks.</param>
    /// <returns>False where country, length or check digits cannot be right.</returns>
    public static bool IsIban(string iban)
        => iban.Length is >= 15 and <= 34 && char.IsAsciiLetterUpper(iban[0]) && char.IsAsciiLetterUpper(iban[1])
           && (!iban.StartsWith("DE", StringComparison.Ordinal) || iban.Length == 22) && IsValid(iban[4..] + iban[..4]);
}
