using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LLMoin.GatewayTests.Bed;
using Microsoft.AspNetCore.Http;

namespace LLMoin.GatewayTests.Pages;

public sealed class PageTests(PageTests.Bed bed) : IClassFixture<PageTests.Bed>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_start_page_comes_with_a_policy_that_allows_no_inline_script_and_needs_none()
    {
        using var client = bed.Client();
        using var response = await client.GetAsync("/", Cancellation);
        var page = await response.Content.ReadAsStringAsync(Cancellation);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/chat/0190a000-0000-7000-8000-000000000001")]
    [InlineData("/library")]
    public async Task Each_page_of_the_front_end_has_an_address(string address)
    {
        using var client = bed.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Accept-Encoding", "gzip, br" } } };
        using var response = await client.SendAsync(request, Cancellation);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
        Assert.Equal("br", Assert.Single(response.Content.Headers.ContentEncoding));

        await using var packed = await response.Content.ReadAsStreamAsync(Cancellation);
        await using var unpacked = new BrotliStream(packed, CompressionMode.Decompress);
        var page = await new StreamReader(unpacked).ReadToEndAsync(Cancellation);
        var script = Regex.Match(page, "src=\"(/assets/[^\"]+\\.js)\"").Groups[1].Value;
        using var asset = await client.GetAsync(script, Cancellation);
        Assert.Equal("text/javascript", asset.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", asset.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_document_describes_all_services_and_names_those_that_are_missing()
    {
        bed.Chat.On("/openapi.json", context => context.Response.WriteAsync("""
            {"openapi":"3.1.1","paths":{"/v1/models":{"get":{"tags":["x"],"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Page"}}}}}}}},
             "components":{"schemas":{"Page":{"type":"object","properties":{"next":{"$ref":"#/components/schemas/Page"}}}}}}
            """));
        bed.Retrieval.On("/openapi.json", context => context.Response.WriteAsync("""
            {"openapi":"3.1.1","paths":{"/api/retrieval/documents":{"get":{"responses":{"200":{"description":"ok"}}}}},"components":{"schemas":{"Page":{"type":"string"}}}}
            """));
        using var client = bed.Client();
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi.json", Cancellation);

        var paths = document.GetProperty("paths");
        foreach (var path in new[] { "/v1/models", "/api/retrieval/documents", "/auth/me" })
            Assert.True(paths.TryGetProperty(path, out _), path);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.Equal("object", schemas.GetProperty("chat.Page").GetProperty("type").GetString());
        Assert.Equal("string", schemas.GetProperty("retrieval.Page").GetProperty("type").GetString());
        Assert.Equal("#/components/schemas/chat.Page", schemas.GetProperty("chat.Page").GetProperty("properties").GetProperty("next").GetProperty("$ref").GetString());
        Assert.Contains("billing", document.GetProperty("info").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, document.GetProperty("security").GetArrayLength());
    }

    [Fact]
    public async Task The_browsable_page_serves_its_script_itself_under_a_nonce()
    {
        using var client = bed.Client();
        using var response = await client.GetAsync("/docs/", Cancellation);
        var page = await response.Content.ReadAsStringAsync(Cancellation);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        var nonce = policy.Split("'nonce-")[1].Split('\'')[0];
        Assert.Contains($"nonce=\"{WebUtility.HtmlEncode(nonce)}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("jsdelivr", page, StringComparison.Ordinal);
        using var script = await client.GetAsync("/docs/scalar.js", Cancellation);
        Assert.Equal(HttpStatusCode.OK, script.StatusCode);
    }

    [Fact]
    public async Task Unknown_routes_and_methods_are_problems()
    {
        using var client = bed.Client();
        using var unknown = await client.GetAsync("/nothing/here", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("application/problem+json", unknown.Content.Headers.ContentType?.MediaType);
        using var method = await client.DeleteAsync("/auth/me", Cancellation);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, method.StatusCode);
        Assert.Equal("application/problem+json", method.Content.Headers.ContentType?.MediaType);
        using var traversal = await client.GetAsync("/..%2f..%2fappsettings.json", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, traversal.StatusCode);
    }

    [Fact]
    public async Task A_sane_request_id_is_kept_everywhere_and_a_strange_one_replaced()
    {
        using var client = bed.Client(bed.Identity.AddKey(bed.Identity.AddUser()));
        client.DefaultRequestHeaders.Add("x-test", "request-id");
        client.DefaultRequestHeaders.Add("x-request-id", "my-request-0001");
        using var kept = await client.GetAsync("/v1/models", Cancellation);
        Assert.Equal("my-request-0001", Assert.Single(kept.Headers.GetValues("x-request-id")));
        Assert.Equal("my-request-0001", bed.Chat.Find("request-id").Headers["x-request-id"]);

        using var strange = bed.Client();
        strange.DefaultRequestHeaders.TryAddWithoutValidation("x-request-id", "<script>alert(1)</script>");
        using var replaced = await strange.GetAsync("/nothing/here", Cancellation);
        var id = Assert.Single(replaced.Headers.GetValues("x-request-id"));
        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Contains(id, await replaced.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_sites_pages_get_through_only_where_configured_and_never_with_the_session()
    {
        using var client = bed.Client();
        foreach (var (origin, allowed) in new[] { ("https://chat.hamburg.example", true), ("https://evil.example", false), ("null", false) })
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/chat/completions");
            preflight.Headers.Add("Origin", origin);
            preflight.Headers.Add("Access-Control-Request-Method", "POST");
            preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
            using var response = await client.SendAsync(preflight, Cancellation);
            Assert.Equal(allowed, response.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
        }
    }

    public sealed class Bed : TestBed
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Cors:Origins:hamburg:0"] = "https://chat.hamburg.example" };
    }
}
