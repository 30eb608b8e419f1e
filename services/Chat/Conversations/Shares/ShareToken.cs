using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LLMoin.Chat.Conversations.Shares;

/// <summary>The secret part of a link: 256 random bits, base64url (RFC 4648, section 5). Stored is its SHA-256 only.</summary>
internal static class ShareToken
{
    /// <summary>Characters of a token.</summary>
    public const int Length = 43;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
