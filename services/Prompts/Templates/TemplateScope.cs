using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Prompts.Templates;

/// <summary>Who sees a template: from its owner alone to everybody on the platform.</summary>
internal static class TemplateScope
{
    public const string Private = "private";

    /// <summary>Followed by the department's id within the tenant.</summary>
    public const string DepartmentPrefix = Principals.DepartmentPrefix;

    public const string Tenant = "tenant";

    /// <summary>All tenants below the Land that the template's tenant belongs to.</summary>
    public const string Land = "land";

    /// <summary>All tenants of all Länder.</summary>
    public const string All = "all";

    private const int LongestDepartment = 100;

    public static bool IsDepartment(string? scope) => scope is not null && scope.StartsWith(DepartmentPrefix, StringComparison.Ordinal);

    /// <summary>Whether a second person has to approve it.</summary>
    public static bool NeedsApproval(string? scope) => scope is Tenant or Land or All;

    public static bool IsValid(string? scope) => scope is Private || NeedsApproval(scope)
        || (IsDepartment(scope) && scope!.Length > DepartmentPrefix.Length && scope.Length <= DepartmentPrefix.Length + LongestDepartment && !scope.Any(char.IsControl));
}
