using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LLMoin.Prompts.Packages;

/// <summary>
/// A detached JWS (RFC 7515, appendix F) over unencoded content (RFC 7797) with ES256. The header is always the same, so that nobody
/// talks a reader into another algorithm.
/// </summary>
internal static class PackageSignature
{
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"ES256","b64":false,"crit":["b64"]}"""u8);

    /// <param name="content">Canonical bytes.</param>
    /// <param name="privateKey">base64 of PKCS#8.</param>
    public static string Sign(byte[] content, string privateKey)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(privateKey), out _);
        return $"{Header}..{Base64Url.EncodeToString(key.SignData(Input(content), HashAlgorithmName.SHA256))}";
    }

    /// <param name="content">Canonical bytes.</param>
    /// <param name="signature">As <see cref="Sign"/> makes them; anything else is no signature.</param>
    /// <param name="publicKey">base64 of SubjectPublicKeyInfo.</param>
    public static bool IsValid(byte[] content, string? signature, string publicKey)
    {
        if (signature is null || !signature.StartsWith(Header + "..", StringComparison.Ordinal))
            return false;
        var encoded = signature.AsSpan(Header.Length + 2);
        if (encoded.Length > 200 || !Base64Url.IsValid(encoded))
            return false;
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
        return key.VerifyData(Input(content), Base64Url.DecodeFromChars(encoded), HashAlgorithmName.SHA256);
    }

    public static string PublicKey(string privateKey)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(privateKey), out _);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }

    public static bool IsPrivateKey(string text) => IsKey(text, (key, bytes) => key.ImportPkcs8PrivateKey(bytes, out _));

    public static bool IsPublicKey(string text) => IsKey(text, (key, bytes) => key.ImportSubjectPublicKeyInfo(bytes, out _));

    private static bool IsKey(string text, Action<ECDsa, byte[]> import)
    {
        try
        {
            using var key = ECDsa.Create();
            import(key, Convert.FromBase64String(text));
            return key.ExportParameters(false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return false;
        }
    }

    private static byte[] Input(byte[] content) => [.. Encoding.ASCII.GetBytes(Header + "."), .. content];
}
