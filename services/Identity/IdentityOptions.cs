using System.ComponentModel.DataAnnotations;

namespace LLMoin.Identity;

/// <summary>Section <c>Identity</c>.</summary>
internal sealed class IdentityOptions : IValidatableObject
{
    public const string Section = "Identity";

    /// <summary>Where browsers and clients reach the platform, i.e. the gateway: scheme, host and port only. The issuer of all tokens.</summary>
    [Required]
    public Uri PublicUrl { get; init; } = null!;

    /// <summary>Demo tenants, users with a known password, and the password grant. Never where anybody else can reach it.</summary>
    public bool DemoUsers { get; init; }

    /// <summary>An OpenID Connect authority that signs users in instead; only silences the hint about a missing first user here.</summary>
    public Uri? ExternalAuthority { get; init; }

    /// <summary>Made at the first start, where set.</summary>
    public FirstAdminOptions? FirstAdmin { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicUrl is null)
            yield break;
        if (!PublicUrl.IsAbsoluteUri || PublicUrl.Scheme is not ("http" or "https") || PublicUrl.PathAndQuery != "/")
            yield return new("Identity:PublicUrl must be like https://llmoin.example/ without a path.", [nameof(PublicUrl)]);
        else if (PublicUrl.Scheme == "http" && !PublicUrl.IsLoopback && !DemoUsers)
            yield return new("Identity:PublicUrl must be https, except on loopback: passwords and tokens travel over it.", [nameof(PublicUrl)]);
        if (FirstAdmin is { } admin && string.IsNullOrWhiteSpace(admin.Tenant + admin.UserName + admin.Password) is false)
        {
            var results = new List<ValidationResult>();
            Validator.TryValidateObject(admin, new ValidationContext(admin), results, validateAllProperties: true);
            foreach (var result in results)
                yield return new("Identity:FirstAdmin: " + result.ErrorMessage, result.MemberNames);
        }
    }
}

/// <summary>Section <c>Identity:FirstAdmin</c>: the first tenant and its administrator on an empty installation.</summary>
internal sealed class FirstAdminOptions
{
    [Required, RegularExpression(Tenants.TenantName.Pattern)]
    public string Tenant { get; init; } = "";

    public string? TenantName { get; init; }

    [Required, EmailAddress, StringLength(254)]
    public string UserName { get; init; } = "";

    [Required, MinLength(12), StringLength(128)]
    public string Password { get; init; } = "";
}
