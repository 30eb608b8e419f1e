using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace LLMoin.PlatformTests;

/// <summary>What goes wrong through the gateway: the right status, a problem that says what to do, no stack trace, nothing half-stored.</summary>
public sealed class BadInput(Platform platform)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string, int, string?> Requests => new()
    {
        { "POST", "/v1/chat/completions", """{"model":"extractive","messages":[{"role":"user","content":"Hallo"}""", 400, null },
        { "POST", "/v1/chat/completions", """{"messages":[{"role":"user","content":"Hallo"}]}""", 400, "model" },
        { "POST", "/v1/chat/completions", """{"model":"extractive","messages":"Hallo"}""", 400, "messages" },
        { "POST", "/v1/chat/completions", """{"model":"extractive","messages":[{"role":"user","content":7}]}""", 400, "messages[0].content" },
        { "POST", "/v1/chat/completions", """{"model":"extractive","messages":[{"role":"root","content":"x"}]}""", 400, "messages[0].role" },
        { "POST", "/v1/chat/completions", """{"model":"extractive","temperature":9,"messages":[{"role":"user","content":"x"}]}""", 400, "temperature" },
        { "POST", "/v1/chat/completions", """{"model":"gpt-9","messages":[{"role":"user","content":"x"}]}""", 404, "model" },
        { "POST", "/v1/embeddings", """{"model":"extractive","input":"x"}""", 404, "model" },
        { "GET", "/v1/nothing", "", 404, null },
        { "GET", "/api/chat/conversations/0190a000-0000-7000-8000-000000000000", "", 404, null },
        { "GET", "/api/nothing", "", 404, null },
        { "POST", "/api/retrieval/searches", """{"query":7}""", 400, "query" },
        { "GET", "/api/billing/analytics/uses", "", 403, null },
        { "DELETE", "/v1/models", "", 405, null },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_wrong_request_is_refused_with_the_field_at_fault(string method, string path, string body, int status, string? field)
    {
        using var anna = await platform.Run.SignInAsync("anna@hamburg.example");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body.Length > 0)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await anna.SendAsync(request, Now);

        var text = await response.Content.ReadAsStringAsync(Now);
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        AssertProblem(path, text, field);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer llmoin_0000000000000000000000000000000000000000")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm5hIiwidGVuYW50IjoiaGFtYnVyZyJ9.")]
    [InlineData("Basic YW5uYTphbm5h")]
    public async Task Without_a_valid_identity_nothing_is_answered(string authorization)
    {
        foreach (var path in new[] { "/v1/models", "/api/chat/conversations", "/api/billing/usage", "/api/identity/me" })
        {
            using var client = platform.Run.Anonymous();
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (authorization.Length > 0)
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            request.Headers.Add("X-LLMoin-User", "anna");
            using var response = await client.SendAsync(request, Now);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            AssertProblem(path, await response.Content.ReadAsStringAsync(Now), null);
        }
    }

    [Fact]
    public async Task A_binary_file_is_refused_and_leaves_nothing_behind()
    {
        using var emil = await platform.Run.SignInAsync("emil@musterdorf.example");
        var binary = new byte[4096];
        Random.Shared.NextBytes(binary);
        "{\\rtf1\n"u8.CopyTo(binary);
        using var file = new ByteArrayContent(binary);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var form = new MultipartFormDataContent { { file, "file", "bescheid.txt" } };

        using var response = await emil.PostAsync("/api/retrieval/documents", form, Now);

        Assert.Contains((int)response.StatusCode, new[] { 400, 415 });
        AssertProblem("/api", await response.Content.ReadAsStringAsync(Now), null);
        Assert.Equal(0, (await emil.GetFromJsonAsync<JsonElement>("/api/retrieval/documents", Now)).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_body_over_the_limit_is_too_large_with_and_without_a_length()
    {
        using var anna = await platform.Run.SignInAsync("anna@hamburg.example");
        var body = JsonSerializer.Serialize(new { model = "extractive", messages = new[] { new { role = "user", content = new string('x', 2_000_000) } } });
        foreach (var chunked in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.TransferEncodingChunked = chunked;
            using var response = await anna.SendAsync(request, Now);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_body_that_is_no_json_is_an_unsupported_type()
    {
        using var anna = await platform.Run.SignInAsync("anna@hamburg.example");

        using var response = await anna.PostAsync("/v1/chat/completions", new StringContent("<xml/>", Encoding.UTF8, "application/xml"), Now);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    private static void AssertProblem(string path, string body, string? field)
    {
        Assert.DoesNotContain("   at ", body);
        var json = JsonDocument.Parse(body).RootElement;
        if (path.StartsWith("/v1", StringComparison.Ordinal))
        {
            var error = json.GetProperty("error");
            Assert.NotEmpty(error.GetProperty("message").GetString()!);
            Assert.NotEmpty(error.GetProperty("code").GetString()!);
            if (field is not null)
                Assert.Equal(field, error.GetProperty("param").GetString());
        }
        else
        {
            Assert.StartsWith("urn:llmoin:problem:", json.GetProperty("type").GetString());
            if (field is not null)
                Assert.Equal(field, json.GetProperty("field").GetString());
        }
    }
}
