using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LLMoin.Chat.Completions;

/// <summary>The API description names the fields of OpenAI's protocol as they are on the wire, not as the rest of the API would write them.</summary>
internal sealed class SnakeCaseSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is null && context.JsonTypeInfo.Type.Namespace is "LLMoin.Chat.Completions" or "LLMoin.Chat.Embeddings")
        {
            schema.Properties = schema.Properties?.ToDictionary(property => OnTheWire(property.Key), property => property.Value);
            schema.Required = schema.Required?.Select(OnTheWire).ToHashSet();
        }
        return Task.CompletedTask;
    }

    private static string OnTheWire(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
