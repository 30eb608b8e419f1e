using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceBed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LLMoin.ServiceTests.Prompts;

/// <summary>
/// One prompts service, for all tests, that knows Länder and signs packages. Its Identity is a stand-in in whose tree the tenant
/// <c>dorf-in-land</c> lies below <c>land</c>, and every other is a root.
/// </summary>
internal static class PromptsBed
{
    public const string Templates = "/api/prompts/templates";
    public const string Submissions = "/api/prompts/submissions";
    private static readonly SemaphoreSlim Turn = new(1);
    private static ServiceProcess? service;

    /// <summary>Ours; the publisher "us" is trusted with it.</summary>
    public static ECDsa OwnKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The publisher "friend".</summary>
    public static ECDsa FriendsKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static async Task<ServiceProcess> StartAsync(Servers servers)
    {
        await Turn.WaitAsync();
        try
        {
            return service ??= await servers.StartServiceAsync("Prompts",
                ("services__identity__http__0", await StartIdentityAsync()),
                ("Prompts__Publisher", "us"), ("Prompts__SigningKey", Convert.ToBase64String(OwnKey.ExportPkcs8PrivateKey())),
                ("Prompts__TrustedPublishers__us", Convert.ToBase64String(OwnKey.ExportSubjectPublicKeyInfo())),
                ("Prompts__TrustedPublishers__friend", Convert.ToBase64String(FriendsKey.ExportSubjectPublicKeyInfo())));
        }
        finally
        {
            Turn.Release();
        }
    }

    public static string NewTenant() => "t" + Guid.NewGuid().ToString("n")[..12];

    public static HttpClient ClientIn(this ServiceProcess service, string tenant, string user, string department, params string[] roles)
        => service.ClientFor(new Caller(tenant, user, user, roles.ToHashSet(), null) { Departments = new HashSet<string> { department } });

    public static JsonObject Template(string name, string body = "Hallo {{ name }}!", string? scope = null)
    {
        var template = new JsonObject
        {
            ["name"] = name,
            ["title"] = "Vorlage " + name,
            ["body"] = body,
            ["variables"] = new JsonArray(new JsonObject { ["name"] = "name", ["type"] = "text", ["label"] = "Name", ["required"] = false }),
        };
        if (scope is not null)
            template["scope"] = scope;
        return template;
    }

    /// <returns>The new template's id.</returns>
    public static async Task<string> CreateAsync(this HttpClient client, JsonObject template)
        => (string)(await client.PostAsync(Templates, template).OkAsync(HttpStatusCode.Created))["id"]!;

    /// <returns>The submission's id.</returns>
    public static async Task<string> SubmitAsync(this HttpClient client, string template, string scope, int? version = null)
        => (string)(await client.PostAsync($"{Templates}/{template}/submissions", new JsonObject { ["scope"] = scope, ["version"] = version })
            .OkAsync(HttpStatusCode.Created))["id"]!;

    public static Task<HttpResponseMessage> ApproveAsync(this HttpClient client, string submission)
        => client.PostAsync($"{Submissions}/{submission}/approval", new JsonObject());

    public static async Task PublishAsync(this HttpClient owner, HttpClient approver, string template, string scope)
        => await approver.ApproveAsync(await owner.SubmitAsync(template, scope)).OkAsync();

    public static Task<HttpResponseMessage> PutAsync(this HttpClient client, string path, JsonNode body, string? ifMatch)
        => client.SendAsync(Request(HttpMethod.Put, path, body, ifMatch));

    public static Task<HttpResponseMessage> RollBackAsync(this HttpClient client, string template, int version, string? ifMatch)
        => client.SendAsync(Request(HttpMethod.Post, $"{Templates}/{template}/rollbacks", new JsonObject { ["version"] = version }, ifMatch));

    public static async Task<IReadOnlyList<string>> NamesAsync(this HttpClient client, string query)
        => [.. (await client.GetAsync(Templates + query).OkAsync())["items"]!.AsArray().Select(template => (string)template!["name"]!)];

    private static HttpRequestMessage Request(HttpMethod method, string path, JsonNode body, string? ifMatch)
    {
        var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return request;
    }

    private static async Task<string> StartIdentityAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/api/identity/me", (HttpRequest request) =>
        {
            var claims = request.Headers.Authorization.ToString().Split('.')[1];
            var tenant = (string)JsonNode.Parse(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(claims)))!["tenant"]!;
            return Results.Json(new { tenantPath = tenant.Contains("-in-", StringComparison.Ordinal) ? new[] { tenant.Split("-in-")[1], tenant } : [tenant] });
        });
        await app.StartAsync();
        return app.Urls.Single();
    }
}
