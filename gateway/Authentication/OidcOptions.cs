using System.ComponentModel.DataAnnotations;

namespace LLMoin.Gateway.Authentication;

/// <summary>Section <c>Oidc</c>: who may sign users in.</summary>
internal sealed class OidcOptions : IValidatableObject
{
    /// <summary>The built-in provider (the identity service behind this gateway); off where external authorities replace it.</summary>
    public bool BuiltIn { get; init; } = true;

    /// <summary>The gateway's own client at the built-in provider.</summary>
    public string BuiltInClientId { get; init; } = "llmoin-web";

    public string? BuiltInClientSecret { get; init; }

    public string BuiltInAudience { get; init; } = "llmoin";

    public IReadOnlyList<OidcAuthority> Authorities { get; init; } = [];

    public IReadOnlyList<OidcAuthority> All(Uri publicUrl) => BuiltIn
        ? [new OidcAuthority
        {
            Name = "llmoin", Authority = publicUrl, ClientId = BuiltInClientId, ClientSecret = BuiltInClientSecret,
            Audience = BuiltInAudience, IsBuiltIn = true,
        }, .. Authorities]
        : Authorities;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!BuiltIn && Authorities.Count == 0)
            yield return new("Oidc:Authorities is empty and Oidc:BuiltIn is off: nobody could sign in.");
        foreach (var (authority, index) in Authorities.Select((authority, index) => (authority, index)))
        {
            if (string.IsNullOrWhiteSpace(authority.Name) || authority.Authority is null || string.IsNullOrWhiteSpace(authority.ClientId))
                yield return new($"Oidc:Authorities:{index} needs Name, Authority and ClientId.");
            else if (authority.Authority.Scheme != Uri.UriSchemeHttps && !authority.Authority.IsLoopback)
                yield return new($"Oidc:Authorities:{index}:Authority must be https, except on loopback.");
        }
    }
}

/// <summary>One OpenID Connect authority: code flow with PKCE for browsers, bearer tokens for programs.</summary>
internal sealed class OidcAuthority
{
    /// <summary>Short name, part of the call-back address <c>/signin-oidc/&lt;name&gt;</c>.</summary>
    public string Name { get; init; } = "";

    public Uri Authority { get; init; } = null!;

    public string ClientId { get; init; } = "";

    public string? ClientSecret { get; init; }

    /// <summary>All users of this authority belong to this tenant; absent: the <c>tenant</c> claim says it (one authority for several tenants).</summary>
    public string? Tenant { get; init; }

    public string RolesClaim { get; init; } = "roles";

    /// <summary>The claim that names the departments of the tenant that the person works in.</summary>
    public string DepartmentsClaim { get; init; } = "departments";

    /// <summary>
    /// The claim with the e-mail address or user principal name by which connected sources know the person, only where the authority
    /// lets nobody choose it: it opens documents. Absent: sources' documents for named people stay closed.
    /// </summary>
    public string? MailClaim { get; init; }

    /// <summary>The authority's group or role name → ours; absent: names are taken as they are. Unknown ones are dropped.</summary>
    public IReadOnlyDictionary<string, string>? RoleMap { get; init; }

    /// <summary><c>aud</c> of access tokens; absent: this authority's tokens are good for signing in only.</summary>
    public string? Audience { get; init; }

    internal bool IsBuiltIn { get; init; }

    /// <summary>What tells this authority's call-back addresses from those of others.</summary>
    internal string PathEnd => IsBuiltIn ? "" : "/" + Name;
}
