using System.Security.Claims;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Gateway.Authentication;

/// <summary>Turns what an authority says into the claims that <see cref="Caller"/> reads, and nothing more.</summary>
internal static class Callers
{
    /// <summary>Which authority vouched for this principal.</summary>
    public const string AuthorityClaim = "authority";

    /// <returns>null where the token names no subject or no tenant.</returns>
    public static ClaimsPrincipal? FromToken(ClaimsPrincipal token, OidcAuthority authority, string scheme)
    {
        var subject = token.FindFirstValue(IdentityClaims.Subject);
        var tenant = authority.Tenant ?? token.FindFirstValue(IdentityClaims.Tenant);
        if (string.IsNullOrWhiteSpace(subject) || string.IsNullOrWhiteSpace(tenant))
            return null;

        var named = token.FindAll(authority.RolesClaim).Select(claim => claim.Value);
        if (authority.RoleMap is { } map)
            named = named.Select(name => map.GetValueOrDefault(name, ""));
        var name = token.FindFirstValue(IdentityClaims.Name) ?? token.FindFirstValue("preferred_username") ?? "";
        var departments = DepartmentIds.Of(token.FindAll(authority.DepartmentsClaim).Select(claim => claim.Value));
        var mail = authority.MailClaim is { } claim ? token.FindFirstValue(claim) : null;
        return Principal(new Caller(tenant, subject, name, KnownRoles.Of(named), null) { Departments = departments, Mail = mail }, scheme, authority.Name);
    }

    public static ClaimsPrincipal Principal(Caller caller, string scheme, string? authority = null)
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
        if (authority is not null)
            claims.Add(new Claim(AuthorityClaim, authority));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme, IdentityClaims.Name, IdentityClaims.Role));
    }

    /// <summary>
    /// The same principal with today's roles and departments. Tokens of the built-in provider are good by their signature for longer than a
    /// suspension may take, so each is asked about; what an external authority says counts until its token ends.
    /// </summary>
    /// <returns>null where the user is suspended or gone.</returns>
    public static async Task<ClaimsPrincipal?> RefreshAsync(this IdentityChecks checks, ClaimsPrincipal principal, bool builtIn, CancellationToken cancellation)
    {
        if (!builtIn)
            return principal;
        return await checks.TodayAsync(Caller.From(principal), cancellation) is { } caller
            ? Principal(caller, principal.Identity!.AuthenticationType!, principal.FindFirstValue(AuthorityClaim))
            : null;
    }
}
