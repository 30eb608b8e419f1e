namespace LLMoin.Chat;

/// <summary>Auditors and operators see figures, never content that others share: they need a staff role beside their own.</summary>
internal static class Staff
{
    public static readonly string[] Roles =
    [
        ServiceDefaults.InternalIdentity.Roles.User,
        ServiceDefaults.InternalIdentity.Roles.PromptEditor,
        ServiceDefaults.InternalIdentity.Roles.PromptApprover,
        ServiceDefaults.InternalIdentity.Roles.SourceManager,
        ServiceDefaults.InternalIdentity.Roles.TenantAdmin,
    ];
}
