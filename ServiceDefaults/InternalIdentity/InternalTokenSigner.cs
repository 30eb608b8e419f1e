using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LLMoin.ServiceDefaults.InternalIdentity;

/// <summary>
/// The gateway's side: turns an authenticated caller into a token that services believe for one minute, or into one by which a service
/// may read for the caller for an hour.
/// </summary>
public sealed class InternalTokenSigner : IDisposable
{
    /// <summary>Long enough for a request to travel, short enough to be worthless in a log.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>A longer work that begins now can read until then; see <see cref="Delegation"/>.</summary>
    public static readonly TimeSpan DelegationLifetime = TimeSpan.FromHours(1);

    private readonly ECDsa _key = ECDsa.Create();
    private readonly SigningCredentials _credentials;
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly TimeProvider _clock;

    /// <param name="pkcs8">base64 of the P-256 private key in PKCS#8 (<c>Internal:SigningKey</c>).</param>
    /// <param name="clock">Source of the issue time.</param>
    public InternalTokenSigner(string pkcs8, TimeProvider clock)
    {
        _clock = clock;
        _key.ImportPkcs8PrivateKey(Convert.FromBase64String(pkcs8), out _);
        _credentials = new SigningCredentials(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256);
    }

    public string Sign(Caller caller) => Sign(caller, InternalIdentitySetup.Audience, Lifetime);

    /// <summary>Good only where an endpoint says so, and only for reading.</summary>
    public string SignDelegation(Caller caller) => Sign(caller, Delegation.Audience, DelegationLifetime);

    public void Dispose() => _key.Dispose();

    private string Sign(Caller caller, string audience, TimeSpan lifetime)
    {
        List<Claim> claims =
        [
            new(IdentityClaims.Subject, caller.UserId),
            new(IdentityClaims.Tenant, caller.Tenant),
            new(IdentityClaims.Name, caller.Name),
            .. caller.Roles.Select(role => new Claim(IdentityClaims.Role, role)),
            .. caller.Departments.Select(department => new Claim(IdentityClaims.Department, department)),
        ];
        if (caller.Mail is { } mail)
            claims.Add(new Claim(IdentityClaims.Mail, mail));
        if (caller.ApiKeyId is { } key)
            claims.Add(new Claim(IdentityClaims.ApiKey, key.ToString()));

        var now = _clock.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = InternalIdentitySetup.Issuer,
            Audience = audience,
            Subject = new ClaimsIdentity(claims),
            IssuedAt = now,
            NotBefore = now.AddSeconds(-5),
            Expires = now + lifetime,
            SigningCredentials = _credentials,
        });
    }
}
