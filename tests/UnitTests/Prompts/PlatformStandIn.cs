using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LLMoin.UnitTests.Prompts;

/// <summary>The platform's routes that running examples needs: one template, and a model that answers with what it is told.</summary>
internal sealed class PlatformStandIn : IAsyncDisposable
{
    private static readonly Guid Id = Guid.Parse("01920000-0000-7000-8000-00000000000a");
    private readonly WebApplication _app;

    private PlatformStandIn(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>What the model says.</summary>
    public string Answer { get; set; } = "";

    /// <summary>The last request of the model.</summary>
    public JsonNode? Asked { get; private set; }

    public static async Task<PlatformStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var platform = new PlatformStandIn(app);
        app.MapGet("/api/prompts/templates", () => Json($$$"""
            {"items":[{"id":"{{{Id}}}","scope":"all","name":"frist","version":2,"title":"Frist","titleEn":"","description":"","descriptionEn":"","language":"de","category":"",
              "tags":[],"function":"research","savedAt":"2026-01-01T00:00:00Z","uses":0,"ratings":0,"stars":null,"favourite":false}],"next":null}
            """));
        app.MapGet($"/api/prompts/templates/{Id}", () => Json($$$"""
            {"id":"{{{Id}}}","scope":"all","tenant":"*","owner":"*","name":"frist","version":2,"publishedVersion":2,"title":"Frist","titleEn":"","description":"","descriptionEn":"",
             "language":"de","category":"","tags":[],"function":"research","modelHints":{"temperature":0.2,"maxTokens":300},"body":"Wann?","variables":[],
             "examples":[{"name":"nennt die Frist","values":{"x":"?"},"expect":{"contains":["31. März"]}},{"name":"belegt","values":{},"expect":{"cites":1}}],
             "author":"*","savedAt":"2026-01-01T00:00:00Z","deprecatedAt":null,"origin":null}
            """));
        app.MapPost($"/api/prompts/templates/{Id}/renderings", () => Json($$$"""{"templateId":"{{{Id}}}","version":2,"text":"Wann?","function":"research","modelHints":null,"documents":[],"collections":[]}"""));
        app.MapPost("/v1/chat/completions", async (HttpRequest request) =>
        {
            if (request.Headers.Authorization != "Bearer geheim")
                return Results.Problem(statusCode: 401);
            platform.Asked = await JsonNode.ParseAsync(request.Body);
            return Results.Json(new { choices = new[] { new { message = new { role = "assistant", content = platform.Answer } } } });
        });
        await app.StartAsync();
        return platform;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static IResult Json(string json) => Results.Text(json, "application/json");
}
