using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Retrieval.Collections;

/// <summary>Who may own and read a collection, and who may say so.</summary>
internal static class Sharing
{
    private const int MostReaders = 100;
    private const int LongestPrincipal = 300;
    private const int LongestName = 200;

    public static bool IsName(string? name) => !string.IsNullOrWhiteSpace(name) && name.Length <= LongestName && !name.Any(char.IsControl);

    public static bool IsOwner(string owner, Caller caller)
        => owner == Principals.Tenant || owner == Principals.User(caller.UserId) || IsNamed(owner, Principals.DepartmentPrefix);

    /// <summary>Groups are missing: only a source knows who belongs to one, and it gives each document its own readers.</summary>
    public static bool AreReaders(IReadOnlyList<string> readers)
        => readers.Count is > 0 and <= MostReaders && readers.All(reader => reader == Principals.Tenant
            || IsNamed(reader, Principals.UserPrefix) || IsNamed(reader, Principals.DepartmentPrefix)
            || Roles.Staff.Any(role => reader == Principals.Role(role)));

    /// <summary>As stored: each once, and a person never locked out of the collection that is their own.</summary>
    public static string[] Complete(string owner, IReadOnlyList<string> readers)
        => [.. (owner.StartsWith(Principals.UserPrefix, StringComparison.Ordinal) ? readers.Prepend(owner) : readers).Distinct(StringComparer.Ordinal)];

    /// <summary>What one knows one may pass on to people one knows; what concerns many is for those in charge of sources.</summary>
    /// <param name="added">Readers that were none before.</param>
    /// <param name="caller">Who shares.</param>
    public static ProblemResult? Check(IEnumerable<string> added, Caller caller)
        => caller.Is(Roles.SourceManager) || caller.Is(Roles.TenantAdmin) || added.All(reader => IsOneOrOwn(reader, caller))
            ? null
            : CollectionProblems.TooWide;

    private static bool IsOneOrOwn(string reader, Caller caller)
        => reader.StartsWith(Principals.UserPrefix, StringComparison.Ordinal) || caller.Departments.Any(department => reader == Principals.Department(department));

    private static bool IsNamed(string principal, string prefix)
        => principal.StartsWith(prefix, StringComparison.Ordinal) && principal.Length > prefix.Length && principal.Length <= LongestPrincipal
            && !principal.Any(char.IsControl);
}
