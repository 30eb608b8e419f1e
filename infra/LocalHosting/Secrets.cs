using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace LLMoin.Hosting;

/// <summary>
/// Parameters that were not given: secrets are made at first use and kept in files that only this user reads. A parameter named
/// <c>X-signing-key</c> becomes an ECDSA P-256 private key (PKCS#8) and <c>X-verification-key</c> its public key (SubjectPublicKeyInfo),
/// both as base64 of the DER form; every other secret is 32 random bytes in base64url.
/// </summary>
internal sealed class Secrets(string directory, IConfiguration configuration)
{
    private const string SigningKey = "-signing-key", VerificationKey = "-verification-key";
    private readonly Lock _lock = new();

    /// <summary>The value given in <c>Parameters:NAME</c> (in an environment variable a dash may be an underscore), else the kept one.</summary>
    /// <exception cref="RunnerException">Nothing was given, and the parameter is none that can be generated.</exception>
    public string Parameter(string name, bool secret)
    {
        var given = configuration["Parameters:" + name] ?? configuration["Parameters:" + name.Replace('-', '_')];
        if (given is { Length: > 0 }) return given;
        if (name.EndsWith(VerificationKey, StringComparison.Ordinal)) return PublicKeyOf(Parameter(name.Replace(VerificationKey, SigningKey), secret: true));
        if (!secret) throw new RunnerException($"The parameter '{name}' is missing: set Parameters__{name.Replace('-', '_')}.");
        return Kept(name);
    }

    public string Kept(string name)
    {
        lock (_lock)
            return KeptFile(Path.Combine(directory, name), name.EndsWith(SigningKey, StringComparison.Ordinal) ? NewPrivateKey : NewPassword);
    }

    /// <summary>The file's content; a missing file is first written, readable by its owner only.</summary>
    public static string KeptFile(string path, Func<string> make)
    {
        if (File.Exists(path)) return File.ReadAllText(path).Trim();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var value = make();
        PrivateFile.Write(path, value + "\n");
        return value;
    }

    public static string NewPassword() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    private static string NewPrivateKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    private static string PublicKeyOf(string privateKey)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(privateKey), out _);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }
}

internal static class PrivateFile
{
    /// <summary>Replaces the file in one step; mode 0600 from its first byte on.</summary>
    public static void Write(string path, string content)
    {
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var writer = new StreamWriter(draft, options)) writer.Write(content);
        File.Move(draft, path, overwrite: true);
    }
}
