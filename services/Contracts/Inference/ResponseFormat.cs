using System.Text.Json;

namespace LLMoin.Contracts.Inference;

/// <param name="Kind">Any JSON object, or one that a schema describes.</param>
/// <param name="Schema">The JSON schema (<see cref="ResponseFormatKind.JsonSchema"/>).</param>
public sealed record ResponseFormat(ResponseFormatKind Kind, JsonElement? Schema = null);

public enum ResponseFormatKind
{
    JsonObject,
    JsonSchema,
}
