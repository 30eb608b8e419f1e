using System.Security.Cryptography;
using LLMoin.ServiceDefaults.Database;
using Microsoft.IdentityModel.Tokens;

namespace LLMoin.Identity.OpenId;

/// <summary>
/// The keys of all replicas, made by the first one that starts and kept in the database: RSA for what others verify, AES for what
/// only this service reads (authorization codes, refresh tokens).
/// </summary>
internal sealed class TokenKeys(TenantDatabase database) : IHostedService
{
    private const int RsaBits = 2048;
    private const int AesBytes = 32;

    /// <summary>Newest first: it signs, the older ones still verify.</summary>
    public IReadOnlyList<SigningCredentials> Signing { get; private set; } = [];

    public IReadOnlyList<EncryptingCredentials> Encryption { get; private set; } = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellationToken);
        await transaction.ExecuteAsync("select pg_advisory_xact_lock(hashtext('llmoin-token-keys'))", null, cancellationToken);
        var signing = await KeysAsync(transaction, "signing", NewRsa, cancellationToken);
        var encryption = await KeysAsync(transaction, "encryption", () => RandomNumberGenerator.GetBytes(AesBytes), cancellationToken);
        Signing = [.. signing.Select(SigningKey)];
        Encryption = [.. encryption.Select(EncryptionKey)];
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<IReadOnlyList<byte[]>> KeysAsync(
        TenantTransaction transaction, string purpose, Func<byte[]> create, CancellationToken cancellation)
    {
        var stored = await transaction.QueryAsync<byte[]>(
            "select key from token_keys where purpose = @purpose order by created_at desc", new { purpose }, cancellation);
        if (stored.Count > 0)
            return stored;
        var key = create();
        await transaction.ExecuteAsync("insert into token_keys (purpose, key) values (@purpose, @key)", new { purpose, key }, cancellation);
        return [key];
    }

    private static byte[] NewRsa()
    {
        using var rsa = RSA.Create(RsaBits);
        return rsa.ExportPkcs8PrivateKey();
    }

    private static SigningCredentials SigningKey(byte[] pkcs8)
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        return new(Named(new RsaSecurityKey(rsa)), SecurityAlgorithms.RsaSha256);
    }

    private static EncryptingCredentials EncryptionKey(byte[] key)
        => new(new SymmetricSecurityKey(key), SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512);

    /// <summary>The key id is the key's thumbprint (RFC 7638), the same on every replica.</summary>
    private static RsaSecurityKey Named(RsaSecurityKey key)
    {
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }
}
