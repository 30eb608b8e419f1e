using System.Text.Json.Serialization;

namespace LLMoin.Retrieval.Sources.SharePoint;

// Of Graph's resources the few members that are used (Microsoft Graph v1.0: driveItem, permission, directoryObject).

internal sealed record TokenAnswer([property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);

internal sealed record GraphPage<T>(
    IReadOnlyList<T>? Value, [property: JsonPropertyName("@odata.nextLink")] string? NextLink, [property: JsonPropertyName("@odata.deltaLink")] string? DeltaLink);

/// <param name="CTag">Changes with the content; folders have none.</param>
internal sealed record DriveItem(
    string Id, string? Name, string? CTag, string? ETag, long Size, string? WebUrl, GraphFile? File, GraphFacet? Folder, GraphFacet? Root, GraphFacet? Deleted,
    GraphReference? ParentReference);

internal sealed record GraphFacet;

internal sealed record GraphFile(string? MimeType);

internal sealed record GraphReference(string? Id);

/// <param name="GrantedToIdentitiesV2">For whom a link is.</param>
/// <param name="ExpirationDateTime">Until when, or null.</param>
/// <param name="HasPassword">Whether a link asks for a password.</param>
internal sealed record GraphPermission(
    IReadOnlyList<string>? Roles, GraphIdentities? GrantedToV2, IReadOnlyList<GraphIdentities>? GrantedToIdentitiesV2, GraphLink? Link,
    DateTimeOffset? ExpirationDateTime, bool? HasPassword);

/// <param name="Scope"><c>anonymous</c>, <c>organization</c>, <c>users</c> or <c>existingAccess</c>.</param>
internal sealed record GraphLink(string? Scope);

/// <param name="SiteUser">How SharePoint itself names a user or group; where both are there, it is the same one.</param>
internal sealed record GraphIdentities(GraphIdentity? User, GraphIdentity? Group, GraphIdentity? SiteUser);

/// <param name="LoginName">A claim in SharePoint's writing, of a <c>siteUser</c>.</param>
internal sealed record GraphIdentity(string? Id, string? Email, string? LoginName);

internal sealed record DirectoryObject([property: JsonPropertyName("@odata.type")] string? Type, string Id, string? Mail, string? UserPrincipalName);
