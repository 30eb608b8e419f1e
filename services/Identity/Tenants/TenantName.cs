using System.Text.RegularExpressions;

namespace LLMoin.Identity.Tenants;

/// <summary>A tenant's short name: 2 to 40 of a-z, 0-9 and single hyphens in between, e.g. <c>gemeinde-musterdorf</c>.</summary>
internal static partial class TenantName
{
    public const string Pattern = "^(?=.{2,40}$)[a-z0-9]+(-[a-z0-9]+)*$";

    public static bool IsValid(string? name) => name is not null && Valid().IsMatch(name);

    [GeneratedRegex(Pattern)]
    private static partial Regex Valid();
}
