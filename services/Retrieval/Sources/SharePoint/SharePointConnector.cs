using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Sources.SharePoint;

/// <summary>
/// The document library of a SharePoint Online site through Microsoft Graph (driveItem: delta; permissions; group: transitiveMembers),
/// as an app that the site has let in (Sites.Selected).
/// </summary>
internal sealed partial class SharePointConnector(GraphClient graph, IOptions<SharePointOptions> options, TimeProvider clock) : ISourceConnector
{
    private const int PageSize = 200;

    /// <summary>That items whose sharing has changed are changes, and that those gone are told as such.</summary>
    private const string DeltaPreferences = "deltashowremovedasdeleted, deltashowsharingchanges";

    public string Kind => "sharepoint";

    public bool HasReaders => true;

    public bool IsAllowed(string tenant, string place) => options.Value.Tenants.ContainsKey(tenant) && SiteId().IsMatch(place);

    public async Task<ChangePage> ChangesAsync(Source source, string? cursor, CancellationToken cancellation)
    {
        try
        {
            var page = await graph.GetAsync<GraphPage<DriveItem>>(
                source.Tenant, cursor ?? $"{Drive(source)}/root/delta?$top={PageSize}", DeltaPreferences, cancellation);
            var next = page.NextLink ?? page.DeltaLink ?? throw new GraphException(HttpStatusCode.BadGateway);
            return new ChangePage([.. (page.Value ?? []).Where(IsKnown).Select(Change)], next, IsLast: page.NextLink is null);
        }
        catch (GraphException failure)
        {
            throw failure.Status == HttpStatusCode.Gone ? new CursorLostException() : Whole(failure);
        }
    }

    public async Task<string[]> ReadersAsync(Source source, string itemId, CancellationToken cancellation)
    {
        try
        {
            var permissions = await graph.ListAsync<GraphPermission>(source.Tenant, $"{Item(source, itemId)}/permissions", cancellation);
            return GraphPermissions.Readers(source.Id, permissions, clock.GetUtcNow());
        }
        catch (GraphException failure)
        {
            throw Single(failure);
        }
    }

    public async Task<string[]> MembersAsync(Source source, string groupId, CancellationToken cancellation)
    {
        try
        {
            return GraphPermissions.Members(await graph.ListAsync<DirectoryObject>(
                source.Tenant, $"groups/{Uri.EscapeDataString(groupId)}/transitiveMembers?$select=id,mail,userPrincipalName&$top=999", cancellation));
        }
        catch (GraphException failure) when (failure.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
        {
            // Deleted, or none that the app may look into: nobody is known to be in it.
            return [];
        }
        catch (GraphException failure)
        {
            throw Whole(failure);
        }
    }

    public async Task<byte[]> ReadAsync(Source source, SourceItem item, int limit, CancellationToken cancellation)
    {
        try
        {
            return await graph.DownloadAsync(source.Tenant, $"{Item(source, item.Id)}/content", limit, cancellation);
        }
        catch (GraphException failure)
        {
            throw Single(failure);
        }
    }

    private static string Drive(Source source) => $"sites/{source.Place}/drive";

    private static string Item(Source source, string id) => $"{Drive(source)}/items/{Uri.EscapeDataString(id)}";

    /// <summary>Notebooks and the like are neither files nor folders.</summary>
    private static bool IsKnown(DriveItem item) => item.Deleted is not null || item.File is not null || item.Folder is not null || item.Root is not null;

    private static SourceChange Change(DriveItem item)
    {
        if (item.Deleted is not null)
            return new SourceChange(item.Id, null);
        var (isFolder, name) = (item.File is null, item.Name ?? "");
        return new SourceChange(item.Id, new SourceItem(
            item.Id, item.Root is null ? item.ParentReference?.Id : null, isFolder, name, item.WebUrl, item.File?.MimeType, item.Size, $"{item.CTag ?? item.ETag} {name}"));
    }

    private static SourceException Whole(GraphException failure) => new(failure.Status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => SourceReason.Refused,
        HttpStatusCode.NotFound => SourceReason.Missing,
        _ => SourceReason.Unreachable,
    }, null, failure);

    private static ItemException Single(GraphException failure) => failure.Status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(SourceReason.Refused, isLasting: true, failure),
        HttpStatusCode.NotFound or HttpStatusCode.Gone => new(SourceReason.Missing, isLasting: true, failure),
        _ => new(SourceReason.Unreachable, isLasting: false, failure),
    };

    [GeneratedRegex(@"^[A-Za-z0-9.-]{1,253},[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12},[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")]
    private static partial Regex SiteId();
}
