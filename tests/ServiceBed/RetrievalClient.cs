using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace LLMoin.ServiceBed;

/// <summary>Uploads and searches as a front-end sends them.</summary>
public static class RetrievalClient
{
    public const string Documents = "/api/retrieval/documents";
    public const string Collections = "/api/retrieval/collections";

    public static Task<HttpResponseMessage> UploadAsync(
        this HttpClient client, byte[] content, string fileName = "satzung.md", string? title = null, string? visibility = null, int? wait = 30,
        Guid? collection = null)
    {
        // The form is sent by hand, as MultipartFormDataContent cleans up names that attackers would not.
        var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", fileName } };
        if (title is not null)
            form.Add(new StringContent(title), "title");
        if (visibility is not null)
            form.Add(new StringContent(visibility), "visibility");
        if (collection is not null)
            form.Add(new StringContent(collection.Value.ToString()), "collectionId");
        var request = new HttpRequestMessage(HttpMethod.Post, Documents) { Content = form };
        if (wait is not null)
            request.Headers.Add("Prefer", $"wait={wait}");
        return client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> UploadAsync(this HttpClient client, string text, string fileName = "satzung.md", string? title = null, string? visibility = null, int? wait = 30)
        => client.UploadAsync(Encoding.UTF8.GetBytes(text), fileName, title, visibility, wait);

    /// <summary>Puts another file in the place of a document's.</summary>
    public static Task<HttpResponseMessage> ReplaceAsync(this HttpClient client, Guid id, byte[] content, string fileName, int? wait = 30)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"{Documents}/{id}/file") { Content = new MultipartFormDataContent { { new ByteArrayContent(content), "file", fileName } } };
        if (wait is not null)
            request.Headers.Add("Prefer", $"wait={wait}");
        return client.SendAsync(request);
    }

    /// <summary>Uploads and waits until it can be searched.</summary>
    public static async Task<Guid> ReadyAsync(this HttpClient client, string text, string? visibility = null)
    {
        var document = await client.UploadAsync(text, visibility: visibility).OkAsync(HttpStatusCode.Created);
        Assert.Equal("ready", (string?)document["status"]);
        return (Guid)document["id"]!;
    }

    public static async Task<Guid> ReadyInAsync(this HttpClient client, Guid collection, string text)
    {
        var document = await client.UploadAsync(Encoding.UTF8.GetBytes(text), collection: collection).OkAsync(HttpStatusCode.Created);
        Assert.Equal(("ready", "collection"), ((string?)document["status"], (string?)document["visibility"]));
        return (Guid)document["id"]!;
    }

    public static Task<HttpResponseMessage> CreateCollectionAsync(this HttpClient client, string name, string? owner = null, params string[] readers)
        => client.PostAsync(Collections, new JsonObject
        {
            ["name"] = name,
            ["owner"] = owner,
            ["readers"] = readers.Length == 0 ? null : new JsonArray([.. readers.Select(reader => (JsonNode)reader)]),
        });

    /// <summary>Creates a collection.</summary>
    public static async Task<Guid> CollectionAsync(this HttpClient client, string? owner = null, params string[] readers)
        => (Guid)(await client.CreateCollectionAsync("Satzungen", owner, readers).OkAsync(HttpStatusCode.Created))["id"]!;

    public static Task<HttpResponseMessage> ShareAsync(this HttpClient client, Guid collection, params string[] readers)
        => client.PatchAsync($"{Collections}/{collection}", JsonContent.Create(new { readers }));

    public static async Task<JsonArray> SearchInAsync(this HttpClient client, string query, params Guid[] collections)
        => (await client.PostAsync("/api/retrieval/searches", new JsonObject
        {
            ["query"] = query,
            ["collectionIds"] = new JsonArray([.. collections.Select(id => (JsonNode)id.ToString())]),
        }).OkAsync())["passages"]!.AsArray();

    /// <summary>Uploads what is there already and failed, and waits until it can be searched.</summary>
    public static async Task<Guid> ReadyAgainAsync(this HttpClient client, string text)
    {
        var document = await client.UploadAsync(text).OkAsync();
        Assert.Equal("ready", (string?)document["status"]);
        return (Guid)document["id"]!;
    }

    public static async Task<JsonArray> SearchAsync(this HttpClient client, string query, params Guid[] documents)
    {
        var body = new JsonObject { ["query"] = query };
        if (documents.Length > 0)
            body["documentIds"] = new JsonArray([.. documents.Select(id => (JsonNode)id.ToString())]);
        var found = await client.PostAsync("/api/retrieval/searches", body).OkAsync();
        Assert.Equal("lexical", (string?)found["search"]);
        return found["passages"]!.AsArray();
    }

    public static IReadOnlyList<Guid> Ids(this JsonArray passages) => [.. passages.Select(passage => (Guid)passage!["documentId"]!)];
}
