using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LLMoin.GatewayTests.Bed;

public sealed record StubUser(string Id, string Tenant, string Name, string Email, string[] Roles)
{
    public string[] Departments { get; init; } = [];
}

/// <summary>The identity service's side of the gateway: provider, key checks, user checks.</summary>
public sealed class StubIdentity : StubService
{
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "stub" };
    private readonly ConcurrentDictionary<string, StubUser> _codes = new();
    private readonly ConcurrentDictionary<string, string> _nonces = new();
    private int _keyChecks;

    public StubIdentity()
    {
        On("/.well-known/openid-configuration", context => context.Response.WriteAsJsonAsync(new
        {
            issuer = Issuer,
            authorization_endpoint = Issuer + "connect/authorize",
            token_endpoint = Issuer + "connect/token",
            end_session_endpoint = Issuer + "connect/logout",
            jwks_uri = Issuer + ".well-known/jwks",
        }));
        On("/.well-known/jwks", context =>
        {
            var parameters = _key.Rsa.ExportParameters(false);
            return context.Response.WriteAsJsonAsync(new
            {
                keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = _key.KeyId, n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) } },
            });
        });
        On("/connect/authorize", AuthorizeAsync);
        On("/connect/token", TokenAsync);
        On("/api/identity/api-key-checks", CheckKeyAsync);
        On("/api/identity/user-checks", CheckUserAsync);
    }

    public string Issuer { get; set; } = "";

    /// <summary>Whom the sign-in page signs in.</summary>
    public StubUser? AtTheKeyboard { get; set; }

    public ConcurrentDictionary<string, StubUser> Users { get; } = new();

    public ConcurrentDictionary<string, (Guid Id, string UserId)> Keys { get; } = new();

    public int KeyChecks => _keyChecks;

    public StubUser AddUser(string tenant = "hamburg", params string[] roles)
    {
        var id = Guid.CreateVersion7().ToString();
        return Users[id] = new StubUser(id, tenant, "Anna Müller", $"{id}@example.org", roles.Length == 0 ? ["user"] : roles);
    }

    public string AddKey(StubUser owner)
    {
        var key = "llmoin_" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 43);
        Keys[key] = (Guid.CreateVersion7(), owner.Id);
        return key;
    }

    /// <summary>An access token as the provider would make it, or one that is wrong in the way the arguments say.</summary>
    public string Token(StubUser user, TimeSpan? expiresIn = null, string type = "at+jwt", string audience = "llmoin", string? issuer = null, SecurityKey? key = null, string[]? roles = null, string? nonce = null)
    {
        List<Claim> claims = [new("sub", user.Id), new("tenant", user.Tenant), new("name", user.Name), .. (roles ?? user.Roles).Select(role => new Claim("roles", role))];
        if (nonce is not null)
            claims.Add(new Claim("nonce", nonce));
        var expires = DateTime.UtcNow + (expiresIn ?? TimeSpan.FromMinutes(30));
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Issuer,
            Audience = audience,
            TokenType = type,
            Subject = new ClaimsIdentity(claims),
            IssuedAt = expires.AddHours(-1),
            NotBefore = expires.AddHours(-1),
            Expires = expires,
            SigningCredentials = new SigningCredentials(key ?? _key, key is SymmetricSecurityKey ? SecurityAlgorithms.HmacSha256 : SecurityAlgorithms.RsaSha256),
        });
    }

    private Task AuthorizeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var code = Guid.NewGuid().ToString("N");
        _codes[code] = AtTheKeyboard ?? throw new InvalidOperationException("Nobody is at the keyboard.");
        _nonces[code] = query["nonce"].ToString();
        context.Response.Cookies.Append("llmoin-sign-in", "theirs");
        context.Response.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"].ToString())}");
        return Task.CompletedTask;
    }

    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (!_codes.TryRemove(form["code"].ToString(), out var user) || form["code_verifier"].Count == 0)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsJsonAsync(new { error = "invalid_grant" });
            return;
        }

        await context.Response.WriteAsJsonAsync(new
        {
            token_type = "Bearer",
            access_token = Token(user),
            id_token = Token(user, type: "JWT", audience: "llmoin-web", nonce: _nonces[form["code"].ToString()]),
            expires_in = 1800,
        });
    }

    private async Task CheckKeyAsync(HttpContext context)
    {
        Interlocked.Increment(ref _keyChecks);
        var asked = await context.Request.ReadFromJsonAsync<KeyQuestion>();
        if (Keys.TryGetValue(asked!.Key, out var key) && Users.TryGetValue(key.UserId, out var owner))
            await context.Response.WriteAsJsonAsync(new { tenant = owner.Tenant, userId = owner.Id, name = owner.Name, roles = owner.Roles, departments = owner.Departments, apiKeyId = key.Id });
        else
            context.Response.StatusCode = 404;
    }

    private async Task CheckUserAsync(HttpContext context)
    {
        var asked = await context.Request.ReadFromJsonAsync<UserQuestion>();
        var user = Users.Values.FirstOrDefault(user => user.Tenant == asked!.Tenant && (user.Id == asked.UserId || (asked.Email is not null && user.Email == asked.Email)));
        await context.Response.WriteAsJsonAsync(new { active = user is not null, roles = user?.Roles ?? [], departments = user?.Departments ?? [], userId = user?.Id, name = user?.Name });
    }

    private sealed record KeyQuestion(string Key);

    private sealed record UserQuestion(string? UserId, string? Email, string Tenant);
}
