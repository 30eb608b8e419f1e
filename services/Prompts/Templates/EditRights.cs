using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Prompts.Templates;

/// <summary>Who may write. The same stands in the database's policies; here it becomes an answer one can read.</summary>
internal static class EditRights
{
    /// <summary>The owner, and for what is shared the tenant's editors; of a department's, only who works in it.</summary>
    public static bool MayEdit(Caller caller, TemplateRow row)
        => row.Tenant == caller.Tenant
            && (IsOwner(caller, row) || (row.Scope != TemplateScope.Private && caller.Is(Roles.PromptEditor)))
            && (!TemplateScope.IsDepartment(row.Scope) || WorksIn(caller, row.Scope));

    /// <summary>Who may edit may withdraw, and so may who decided on publishing it.</summary>
    public static bool MayDeprecate(Caller caller, TemplateRow row)
        => MayEdit(caller, row) || (row.Tenant != "*" && MayDecide(caller, row.Scope, row.Tenant, row.Land));

    /// <summary>The tenant's approvers; the Land's own approvers, or operators; operators.</summary>
    public static bool MayDecide(Caller caller, string scope, string tenant, string? land) => scope switch
    {
        TemplateScope.Tenant => tenant == caller.Tenant && caller.Is(Roles.PromptApprover),
        TemplateScope.Land => caller.Is(Roles.Operator) || (land == caller.Tenant && caller.Is(Roles.PromptApprover)),
        TemplateScope.All => caller.Is(Roles.Operator),
        _ => false,
    };

    /// <summary>Whether a template may be put into a scope without anybody's approval.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="scope">Where to.</param>
    /// <param name="current">The row as it is; null for a new one.</param>
    public static ProblemResult? CheckScope(Caller caller, string scope, TemplateRow? current)
    {
        if (scope == current?.Scope)
            return null;
        if (TemplateScope.NeedsApproval(scope))
            return TemplateProblems.NeedsSubmission;
        if (current is not null && !IsOwner(caller, current))
            return TemplateProblems.MayNotEdit;
        return TemplateScope.IsDepartment(scope) && !WorksIn(caller, scope) ? TemplateProblems.NotInDepartment : null;
    }

    private static bool IsOwner(Caller caller, TemplateRow row) => row.Owner == caller.UserId;

    private static bool WorksIn(Caller caller, string scope) => caller.Departments.Contains(scope[TemplateScope.DepartmentPrefix.Length..]);
}
