using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace LLMoin.ServiceBed;

/// <summary>Answers as their readers take them apart.</summary>
public static class Json
{
    public static async Task<JsonNode> OkAsync(this Task<HttpResponseMessage> call, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await call;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} instead of {(int)expected}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Asserts a problem document of this status and code, in both languages.</summary>
    public static async Task<JsonNode> ProblemAsync(this Task<HttpResponseMessage> call, HttpStatusCode status, string code, string? field = null)
    {
        using var response = await call;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} instead of {(int)status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal("urn:llmoin:problem:" + code, (string?)problem["type"]);
        if (field is not null)
            Assert.Equal(field, (string?)problem["field"]);
        // Staff read German.
        Assert.True(problem["detail"] is null == problem["detailDe"] is null, "Said in one language only: " + text);
        return problem;
    }

    public static Task<HttpResponseMessage> PostAsync(this HttpClient client, string path, JsonNode body)
        => client.PostAsync(path, JsonContent.Create(body));
}
