using System.Globalization;

namespace LLMoin.Billing.Ledger.Verification;

/// <summary>What somebody outside knows of a chain, e.g. from a statement: by it even a chain that was rewritten from end to end is found out.</summary>
/// <param name="Seq">An entry's place.</param>
/// <param name="Hash">Its hash then, 32 bytes.</param>
internal sealed record LedgerAnchor(long Seq, byte[] Hash)
{
    private const int HashBytes = 32;

    /// <returns>Null for anything but a place and 64 hexadecimal digits.</returns>
    public static LedgerAnchor? TryParse(string? seq, string? hash)
        => long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place > 0 && hash?.Length == 2 * HashBytes
           && hash.All(char.IsAsciiHexDigit)
            ? new LedgerAnchor(place, Convert.FromHexString(hash))
            : null;
}
