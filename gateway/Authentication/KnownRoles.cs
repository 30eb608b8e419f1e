using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Gateway.Authentication;

/// <summary>What an outside token may say about roles: those that people hold. Never <see cref="Roles.Gateway"/>, which opens the checks.</summary>
internal static class KnownRoles
{
    private static readonly HashSet<string> All =
        [Roles.User, Roles.PromptEditor, Roles.PromptApprover, Roles.SourceManager, Roles.TenantAdmin, Roles.Operator, Roles.Auditor];

    public static IReadOnlySet<string> Of(IEnumerable<string>? named) => (named ?? []).Where(All.Contains).ToHashSet(StringComparer.Ordinal);
}
