using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace LLMoin.Identity.ApiKeys;

/// <summary>
/// How an API key is made and recognised: <c>llmoin_</c> and 43 random characters of base62 (256 bit). With so much randomness a
/// plain SHA-256 is as safe to store as a slow hash, and quick to look up.
/// </summary>
internal static class ApiKeySecret
{
    private const string Start = "llmoin_";
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 43;
    private static readonly SearchValues<char> Alphabet = SearchValues.Create(Base62);

    /// <summary>Shown in lists: the start and eight of the random characters, which leaves 208 bit unknown.</summary>
    private const int PrefixLength = 15;

    public static string Create() => Start + RandomNumberGenerator.GetString(Base62, RandomLength);

    public static string Prefix(string key) => key[..PrefixLength];

    /// <summary>Lower-case hex of SHA-256.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key)));

    public static bool LooksLikeOne(string? key)
        => key?.Length == Start.Length + RandomLength
            && key.StartsWith(Start, StringComparison.Ordinal)
            && key.AsSpan(Start.Length).IndexOfAnyExcept(Alphabet) < 0;
}
