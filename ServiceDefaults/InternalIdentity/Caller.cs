using System.Collections.Frozen;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace LLMoin.ServiceDefaults.InternalIdentity;

/// <summary>
/// Who asks: taken from the identity that the gateway signed, and from nothing else. Endpoints take it as a parameter.
/// </summary>
/// <param name="Tenant">The tenant's short name, e.g. <c>hamburg</c>; every row read or written belongs to it.</param>
/// <param name="UserId">The subject within the tenant; for an API key its owner.</param>
/// <param name="Name">How the person is called, for display only.</param>
/// <param name="Roles">See <see cref="LLMoin.ServiceDefaults.InternalIdentity.Roles"/>.</param>
/// <param name="ApiKeyId">The API key used, where one was.</param>
public sealed record Caller(string Tenant, string UserId, string Name, IReadOnlySet<string> Roles, Guid? ApiKeyId)
{
    /// <summary>The ids of the tenant's departments that the person works in.</summary>
    public IReadOnlySet<string> Departments { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The department whose use it is: of several the first in ordinal order; null where none is known.</summary>
    public string? FirstDepartment => Departments.Min(StringComparer.Ordinal);

    /// <summary>The person's e-mail address, where whoever signs people in vouches for it: by it connected sources know them.</summary>
    public string? Mail { get; init; }

    public static Caller From(ClaimsPrincipal principal) => new(
        principal.FindFirstValue(IdentityClaims.Tenant) ?? throw new InvalidOperationException("The identity names no tenant."),
        principal.FindFirstValue(IdentityClaims.Subject) ?? throw new InvalidOperationException("The identity names no subject."),
        principal.FindFirstValue(IdentityClaims.Name) ?? "",
        principal.FindAll(IdentityClaims.Role).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal),
        Guid.TryParse(principal.FindFirstValue(IdentityClaims.ApiKey), out var key) ? key : null)
    {
        Departments = principal.FindAll(IdentityClaims.Department).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal),
        Mail = principal.FindFirstValue(IdentityClaims.Mail),
    };

    public bool Is(string role) => Roles.Contains(role);

    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult(From(context.User));
}
