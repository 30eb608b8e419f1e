using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Identity.Users;

/// <summary>Who may give which role.</summary>
internal static class RoleGrants
{
    private static readonly HashSet<string> ToPeople =
    [
        Roles.User, Roles.PromptEditor, Roles.PromptApprover, Roles.SourceManager, Roles.TenantAdmin, Roles.Operator, Roles.Auditor,
    ];

    /// <summary>Null when <paramref name="caller"/> may grant all of <paramref name="roles"/>.</summary>
    public static ProblemResult? Check(Caller caller, IReadOnlyList<string> roles, string field = "roles")
    {
        if (roles.FirstOrDefault(role => !ToPeople.Contains(role)) is { } unknown)
            return unknown == Roles.Gateway
                ? new(ProblemType.Forbidden, "Nobody can be given the role gateway.", field, "Die Rolle gateway kann niemandem gegeben werden.")
                : new(ProblemType.InvalidRequest, $"Roles are {string.Join(", ", ToPeople)}.", field, $"Rollen sind {string.Join(", ", ToPeople)}.");
        return roles.Contains(Roles.Operator) && !caller.Is(Roles.Operator)
            ? new(ProblemType.Forbidden, "Only an operator can make an operator.", field, "Nur der Betrieb kann die Rolle operator geben.")
            : null;
    }
}
