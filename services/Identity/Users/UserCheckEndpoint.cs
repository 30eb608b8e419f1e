using LLMoin.Identity.Clients;
using LLMoin.Identity.Tenants;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Identity.Users;

/// <param name="UserId">The <c>sub</c> claim; or else <paramref name="Email"/>.</param>
/// <param name="Email">The user's address, which a trusted front-end may know instead.</param>
internal sealed record UserCheck(string? UserId, string? Email, string? Tenant);

/// <param name="Active">False for the suspended, the unknown, and those of another tenant; all else is absent or empty then.</param>
/// <param name="Roles">Today's roles.</param>
/// <param name="Departments">Today's departments.</param>
/// <param name="Email">The person's address.</param>
internal sealed record UserCheckAnswer(
    bool Active, Guid? UserId, string? Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Departments, string? Email = null)
{
    public static readonly UserCheckAnswer No = new(false, null, null, [], []);
}

/// <summary>
/// For the gateway, which asks every few seconds so that a suspended user's cookie and tokens, good by their signature until they
/// expire, stop working at once. Machines are subjects too.
/// </summary>
internal static class UserCheckEndpoint
{
    public static void MapUserChecks(this RouteGroupBuilder api)
        => api.MapPost("/user-checks", CheckAsync).RequireAuthorization(policy => policy.RequireRole(Roles.Gateway));

    private static async Task<Results<Ok<UserCheckAnswer>, ProblemResult>> CheckAsync(
        UserCheck check, UserDirectory users, MachineClients machines, CancellationToken cancellation)
    {
        if (check.Tenant is null)
            return new ProblemResult(ProblemType.InvalidRequest, "The tenant's id.", "tenant", "Die Kennung des Mandanten.");
        if (check.UserId is null && check.Email is null)
            return new ProblemResult(ProblemType.InvalidRequest, "The user's id or address.", "userId", "Die Kennung oder Adresse der Person.");

        // A claim of another authority may name anything as a tenant.
        if (!TenantName.IsValid(check.Tenant))
            return TypedResults.Ok(UserCheckAnswer.No);
        var subject = check.UserId is null
            ? await ByEmailAsync(check.Email!, check.Tenant, users, cancellation)
            : await ByIdAsync(check.UserId, check.Tenant, users, machines, cancellation);
        return TypedResults.Ok(subject is null ? UserCheckAnswer.No : new UserCheckAnswer(true, subject.Id, subject.Name, subject.Roles, subject.Departments, subject.Email));
    }

    private static async Task<Subject?> ByIdAsync(
        string userId, string tenant, UserDirectory users, MachineClients machines, CancellationToken cancellation)
    {
        if (!Guid.TryParse(userId, out var id))
            return null;
        return await users.FindActiveAsync(tenant, id, cancellation) is { } user
            ? Subject.Of(user)
            : await machines.FindAsync(tenant, id, cancellation);
    }

    private static async Task<Subject?> ByEmailAsync(string email, string tenant, UserDirectory users, CancellationToken cancellation)
        => await users.FindByNameAsync(UserDirectory.Normalize(email), cancellation) is { } user && user.Tenant == tenant && users.IsActive(user)
            ? Subject.Of(user)
            : null;
}
