using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Retrieval.Sources.SharePoint;

/// <summary>
/// SharePoint's permissions as our principals. Every role of SharePoint includes reading. Who is not recognised here reads nothing:
/// SharePoint's own groups, whose members Graph does not tell, apps, claims of other kinds.
/// </summary>
internal static class GraphPermissions
{
    /// <summary>A person of the directory, then the user principal name.</summary>
    private const string MembershipClaim = "i:0#.f|membership|";

    /// <summary>A security group of the directory, then its id.</summary>
    private const string SecurityGroupClaim = "c:0t.c|tenant|";

    /// <summary>The members of a Microsoft 365 group, then its id; its owners alone have <c>_o</c> behind it.</summary>
    private const string UnifiedGroupClaim = "c:0o.c|federateddirectoryclaimprovider|";

    /// <summary>Everybody in the directory except guests, then the directory's id.</summary>
    private const string EverybodyInsideClaim = "c:0-.f|rolemanager|spo-grid-all-users/";

    /// <summary>Sorted, each once.</summary>
    /// <param name="source">Whose groups they are.</param>
    /// <param name="permissions">All of an item's, those inherited too.</param>
    /// <param name="now">What has expired by now grants nothing.</param>
    public static string[] Readers(Guid source, IEnumerable<GraphPermission> permissions, DateTimeOffset now)
        => [.. permissions.Where(permission => !(permission.ExpirationDateTime <= now)).SelectMany(permission => Granted(source, permission))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The addresses by which a person of the directory may be known to us.</summary>
    public static string[] Members(IEnumerable<DirectoryObject> members)
        => [.. members.Where(member => member.Type is null or "#microsoft.graph.user").SelectMany(user => Addresses(user.Mail, user.UserPrincipalName))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Granted(Guid source, GraphPermission permission)
    {
        if (permission.Link is { } link)
        {
            // Who has a link for everybody need not be one of ours, but ours all may have it. Not where it takes a password as well.
            if (link.Scope is "organization" or "anonymous" && permission.HasPassword != true)
                return [Principals.Tenant];
            return link.Scope is "users" ? (permission.GrantedToIdentitiesV2 ?? []).SelectMany(identities => Principal(source, identities)) : [];
        }

        return permission.GrantedToV2 is { } granted ? Principal(source, granted) : [];
    }

    private static IEnumerable<string> Principal(Guid source, GraphIdentities identities)
    {
        if (identities.Group?.Id is { } group)
            return [Group(source, group)];
        var claim = identities.SiteUser?.LoginName ?? identities.User?.LoginName;
        if (Rest(claim, SecurityGroupClaim) is { } securityGroup)
            return [Group(source, securityGroup)];
        if (Rest(claim, UnifiedGroupClaim) is { } unified)
            return unified.EndsWith("_o", StringComparison.Ordinal) ? [] : [Group(source, unified)];
        if (Rest(claim, EverybodyInsideClaim) is not null)
            return [Principals.Tenant];
        return identities.User is not null || Rest(claim, MembershipClaim) is not null
            ? Addresses(identities.User?.Email ?? identities.SiteUser?.Email, Rest(claim, MembershipClaim))
            : [];
    }

    private static string Group(Guid source, string id) => Principals.Group(source, id.ToLowerInvariant());

    private static string? Rest(string? claim, string start)
        => claim is not null && claim.StartsWith(start, StringComparison.OrdinalIgnoreCase) && claim.Length > start.Length ? claim[start.Length..] : null;

    private static IEnumerable<string> Addresses(params string?[] addresses)
        => addresses.OfType<string>().Where(address => address.Contains('@')).Select(Principals.Mail);
}
