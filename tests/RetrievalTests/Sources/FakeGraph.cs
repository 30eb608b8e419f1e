using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LLMoin.RetrievalTests.Sources;

/// <summary>
/// What the connector uses of Entra ID and Graph, over HTTP: tokens, delta with pages and tokens that get lost, permissions, groups,
/// content behind a redirect, throttling. It answers from a <see cref="Library"/>.
/// </summary>
internal sealed class FakeGraph : IAsyncDisposable
{
    public const string Site = "amt.sharepoint.example,6f1c63c8-4b1c-4a0e-9a10-000000000001,6f1c63c8-4b1c-4a0e-9a10-000000000002";
    public const string Secret = "geheim";

    private const int PageSize = 200;
    private const int MembersPerPage = 5;

    private readonly WebApplication _app;
    private readonly Library _library;
    private int _requests;
    private int _tokens;
    private int _era;

    private FakeGraph(WebApplication app, Library library) => (_app, _library) = (app, library);

    public Uri Address { get; private set; } = null!;

    /// <summary>Every so many requests one is told to come back, by turns with either status; 0: none.</summary>
    public int ThrottleEvery { get; set; }

    /// <summary>What 429 and 503 say, in seconds.</summary>
    public int RetryAfter { get; set; }

    /// <summary>Called with the number of each request to Graph.</summary>
    public Action<int> OnRequest { get; set; } = _ => { };

    /// <summary>Called with an item's id before its permissions are told.</summary>
    public Action<string> OnPermissions { get; set; } = _ => { };

    public int Downloads { get; private set; }

    public int Throttled { get; private set; }

    public int ListsBegun { get; private set; }

    public int SignIns { get; private set; }

    /// <summary>What a client does that it must not: a token where it does not belong.</summary>
    public List<string> Offences { get; } = [];

    public static async Task<FakeGraph> StartAsync(Library library)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var graph = new FakeGraph(app, library);
        graph.Map();
        await app.StartAsync();
        graph.Address = new Uri(app.Urls.Single());
        return graph;
    }

    /// <summary>All cursors handed out are void from now on.</summary>
    public void LoseCursors() => _era++;

    /// <summary>All tokens handed out are void from now on.</summary>
    public void RevokeTokens() => _tokens++;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map()
    {
        _app.MapPost("/login/{directory}/oauth2/v2.0/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            if (form["grant_type"] != "client_credentials" || form["client_secret"] != Secret)
                return Results.Json(new { error = "invalid_client" }, statusCode: 401);
            SignIns++;
            return Results.Json(new Dictionary<string, object> { ["access_token"] = "t" + _tokens, ["expires_in"] = 3600 });
        });
        _app.MapGet("/download/{id}", (string id, HttpRequest request) =>
        {
            if (request.Headers.Authorization.Count > 0)
                Offences.Add("a token went along with a redirect");
            lock (_library.Gate)
            {
                Downloads++;
                return _library.Entries.TryGetValue(id, out var entry) ? Results.Text(entry.Text) : Results.NotFound();
            }
        });
        var graph = _app.MapGroup("/v1.0").AddEndpointFilter(async (context, next) => Refuse(context.HttpContext) ?? await next(context));
        graph.MapGet($"/sites/{Site}/drive/root/delta", Delta);
        graph.MapGet($"/sites/{Site}/drive/items/{{id}}/permissions", (string id) => Locked(() =>
        {
            OnPermissions(id);
            return _library.Entries.TryGetValue(id, out var entry) ? Results.Json(new { value = _library.Effective(entry).Select(Permission).ToList() }) : Results.NotFound();
        }));
        graph.MapGet($"/sites/{Site}/drive/items/{{id}}/content", (string id) => Results.Redirect(new Uri(Address, "/download/" + id).ToString()));
        graph.MapGet("/groups/{id}/transitiveMembers", Members);
    }

    private IResult? Refuse(HttpContext context)
    {
        var number = Interlocked.Increment(ref _requests);
        OnRequest(number);
        if (context.Request.Headers.Authorization != "Bearer t" + _tokens)
            return Results.Json(new { error = new { code = "InvalidAuthenticationToken" } }, statusCode: 401);
        if (ThrottleEvery == 0 || number % ThrottleEvery != 0)
            return null;
        Throttled++;
        context.Response.Headers.RetryAfter = RetryAfter.ToString(CultureInfo.InvariantCulture);
        return Results.StatusCode(number / ThrottleEvery % 2 == 0 ? 429 : 503);
    }

    private IResult Delta(HttpRequest request) => Locked(() =>
    {
        var query = request.Query;
        var since = int.TryParse(query["since"], CultureInfo.InvariantCulture, out var value) ? value : (int?)null;
        if (since is null)
            ListsBegun++;
        else if (query["era"] != _era.ToString(CultureInfo.InvariantCulture))
            return Results.Json(new { error = new { code = "resyncRequired" } }, statusCode: 410);
        if (!request.Headers["Prefer"].ToString().Contains("deltashowsharingchanges", StringComparison.Ordinal))
            Offences.Add("delta was not asked to show changes of sharing");

        // A list goes by id and ends where changes go on from its beginning; changes go by their place in the log.
        var (list, after) = (since is null || query.ContainsKey("after"), query["after"].ToString());
        var start = since ?? _library.Changes.Count;
        var ids = list
            ? _library.Entries.Keys.Where(id => string.CompareOrdinal(id, after) > 0).Take(PageSize).ToList()
            : [.. _library.Changes.Skip(start).Take(PageSize)];
        var isLast = ids.Count < PageSize;
        var link = new Uri(Address, $"/v1.0/sites/{Site}/drive/root/delta?era={_era}&since={(list ? start : start + ids.Count)}" + (list && !isLast ? "&after=" + ids[^1] : ""));
        return Results.Json(new Dictionary<string, object>
        {
            ["value"] = ids.Select(Item).ToList(),
            [isLast ? "@odata.deltaLink" : "@odata.nextLink"] = link,
        });
    });

    private object Item(string id)
    {
        if (!_library.Entries.TryGetValue(id, out var entry))
            return new { id, deleted = new { state = "deleted" } };
        var (parentReference, webUrl) = (new { id = entry.Parent }, "https://amt.sharepoint.example/" + id);
        if (id == Library.Root)
            return new { id, name = entry.Name, root = new { }, folder = new { childCount = 1 }, webUrl, size = 0 };
        return entry.IsFolder
            ? new { id, name = entry.Name, folder = new { childCount = 1 }, parentReference, webUrl, size = 0 }
            : new { id, name = entry.Name, file = new { mimeType = "text/plain" }, parentReference, webUrl, size = entry.Text.Length, cTag = "c" + entry.Content, eTag = Guid.NewGuid() };
    }

    private static object Permission(Grant grant) => grant.Kind switch
    {
        GrantKind.PersonByMail => new { roles = new[] { "read" }, grantedToV2 = new { user = new { id = Guid.NewGuid(), email = grant.To } } },
        GrantKind.PersonByClaim => new { roles = new[] { "write" }, grantedToV2 = new { siteUser = new { id = "7", loginName = "i:0#.f|membership|" + grant.To } } },
        GrantKind.PersonByLink => new { roles = new[] { "read" }, link = new { scope = "users" }, grantedToIdentitiesV2 = new[] { new { user = new { email = grant.To } } } },
        GrantKind.Group => new { roles = new[] { "owner" }, grantedToV2 = new { group = new { id = grant.To } } },
        GrantKind.GroupByClaim => new { roles = new[] { "read" }, grantedToV2 = new { siteUser = new { id = "9", loginName = "c:0t.c|tenant|" + grant.To } } },
        GrantKind.EverybodyByLink => new { roles = new[] { "read" }, link = new { scope = "organization" } },
        GrantKind.LinkWithPassword => new { roles = new[] { "read" }, link = new { scope = "anonymous" }, hasPassword = true },
        GrantKind.Expired => new { roles = new[] { "read" }, grantedToV2 = new { user = new { email = grant.To } }, expirationDateTime = "2001-01-01T00:00:00Z" },
        GrantKind.SiteGroup => new { roles = new[] { "read" }, grantedToV2 = new { siteGroup = new { id = "5", displayName = grant.To } } },
        _ => new { roles = new[] { "write" }, grantedToV2 = new { application = new { id = grant.To } } },
    };

    private IResult Members(string id, HttpRequest request) => Locked(() =>
    {
        if (!_library.Groups.ContainsKey(id))
            return Results.NotFound();
        var skip = int.TryParse(request.Query["skip"], CultureInfo.InvariantCulture, out var value) ? value : 0;
        var members = _library.MembersOf(id).Order(StringComparer.Ordinal).Skip(skip).Take(MembersPerPage).Select(mail => new Dictionary<string, object?>
        {
            // Some have a mailbox, others only sign in by a name of that form.
            ["@odata.type"] = "#microsoft.graph.user",
            ["id"] = mail,
            ["mail"] = mail.Contains('1') ? null : mail,
            ["userPrincipalName"] = mail,
        }).ToList();
        var page = new Dictionary<string, object> { ["value"] = members };
        if (members.Count == MembersPerPage)
            page["@odata.nextLink"] = new Uri(Address, $"/v1.0/groups/{id}/transitiveMembers?skip={skip + MembersPerPage}");
        return Results.Json(page);
    });

    private IResult Locked(Func<IResult> answer)
    {
        lock (_library.Gate)
            return answer();
    }
}
