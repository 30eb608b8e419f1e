using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LLMoin.ServiceTests.Platform;

namespace LLMoin.ServiceTests.Retrieval;

/// <summary>Uploads and searches as a front-end sends them.</summary>
internal static class RetrievalClient
{
    public const string Documents = "/api/retrieval/documents";

    public static Task<HttpResponseMessage> UploadAsync(
        this HttpClient client, byte[] content, string fileName = "satzung.md", string? title = null, string? visibility = null, int? wait = 20)
    {
        // The form is sent by hand, as MultipartFormDataContent cleans up names that attackers would not.
        var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", fileName } };
        if (title is not null)
            form.Add(new StringContent(title), "title");
        if (visibility is not null)
            form.Add(new StringContent(visibility), "visibility");
        var request = new HttpRequestMessage(HttpMethod.Post, Documents) { Content = form };
        if (wait is not null)
            request.Headers.Add("Prefer", $"wait={wait}");
        return client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> UploadAsync(this HttpClient client, string text, string fileName = "satzung.md", string? title = null, string? visibility = null, int? wait = 20)
        => client.UploadAsync(Encoding.UTF8.GetBytes(text), fileName, title, visibility, wait);

    /// <summary>Uploads and waits until it can be searched.</summary>
    public static async Task<Guid> ReadyAsync(this HttpClient client, string text, string? visibility = null)
    {
        var document = await client.UploadAsync(text, visibility: visibility).OkAsync(HttpStatusCode.Created);
        Assert.Equal("ready", (string?)document["status"]);
        return (Guid)document["id"]!;
    }

    public static async Task<JsonArray> SearchAsync(this HttpClient client, string query, params Guid[] documents)
    {
        var body = new JsonObject { ["query"] = query };
        if (documents.Length > 0)
            body["documentIds"] = new JsonArray([.. documents.Select(id => (JsonNode)id.ToString())]);
        var found = await client.PostAsync("/api/retrieval/searches", body).OkAsync();
        Assert.Equal("lexical", (string?)found["mode"]);
        return found["passages"]!.AsArray();
    }

    public static IReadOnlyList<Guid> Ids(this JsonArray passages) => [.. passages.Select(passage => (Guid)passage!["documentId"]!)];
}
