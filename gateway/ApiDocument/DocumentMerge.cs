using System.Text.Json.Nodes;
using LLMoin.Gateway.Sessions;

namespace LLMoin.Gateway.ApiDocument;

/// <summary>Merges OpenAPI documents: paths as they are, tagged by service; schemas under the service's name, so that no two collide.</summary>
internal sealed class DocumentMerge
{
    private const string Schemas = "#/components/schemas/";

    private readonly JsonObject _paths = [];
    private readonly JsonObject _schemas = [];
    private readonly JsonArray _tags = [];

    public void Add(string service, JsonObject document)
    {
        Rename(document, service);
        if (document["components"]?["schemas"] is JsonObject schemas)
            foreach (var (name, schema) in schemas.ToList())
                _schemas[$"{service}.{name}"] = schema?.DeepClone();

        if (document["paths"] is not JsonObject paths)
            return;
        _tags.Add(new JsonObject { ["name"] = service });
        foreach (var (path, item) in paths.ToList())
        {
            if (_paths.ContainsKey(path) || item is not JsonObject operations || IsInternal(path))
                continue;
            foreach (var (_, operation) in operations)
                if (operation is JsonObject details && details.ContainsKey("responses"))
                    details["tags"] = new JsonArray(service);
            _paths[path] = operations.DeepClone();
        }
    }

    public JsonObject Finish(Uri publicUrl, IReadOnlyList<string> missing) => new()
    {
        ["openapi"] = "3.1.1",
        ["info"] = new JsonObject
        {
            ["title"] = "LLMoin",
            ["version"] = typeof(DocumentMerge).Assembly.GetName().Version?.ToString(3),
            ["description"] = "The AI assistant of a public administration. Routes under /v1 speak OpenAI's protocol and report errors in its shape, "
                + "all others report problem details (RFC 9457)."
                + (missing.Count == 0 ? "" : $"\n\n**Incomplete:** not answering at present: {string.Join(", ", missing)}."),
        },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = publicUrl.AbsoluteUri.TrimEnd('/') }),
        ["tags"] = _tags,
        ["paths"] = _paths,
        ["components"] = new JsonObject { ["schemas"] = _schemas, ["securitySchemes"] = SecuritySchemes() },
        ["security"] = new JsonArray([.. SecuritySchemes().Select(scheme => new JsonObject { [scheme.Key] = new JsonArray() })]),
    };

    /// <summary>Questions that only the gateway itself may ask.</summary>
    private static bool IsInternal(string path) => path is "/api/identity/api-key-checks" or "/api/identity/user-checks";

    private static JsonObject SecuritySchemes() => new()
    {
        ["apiKey"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "An API key, llmoin_…, as bearer token." },
        ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT", ["description"] = "An access token of the built-in provider or a configured authority." },
        ["session"] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "cookie",
            ["name"] = SessionSetup.CookieBaseName,
            ["description"] = "A browser signed in through /auth/login; what changes something needs the header X-LLMoin-CSRF: 1.",
        },
    };

    private static void Rename(JsonNode? node, string service)
    {
        switch (node)
        {
            case JsonObject members:
                if (members["$ref"] is JsonValue reference && reference.TryGetValue(out string? target) && target.StartsWith(Schemas, StringComparison.Ordinal))
                    members["$ref"] = $"{Schemas}{service}.{target[Schemas.Length..]}";
                foreach (var (_, child) in members)
                    Rename(child, service);
                break;
            case JsonArray items:
                foreach (var item in items)
                    Rename(item, service);
                break;
        }
    }
}
