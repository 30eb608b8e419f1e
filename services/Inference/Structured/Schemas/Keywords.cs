using System.Text.Json;

namespace LLMoin.Inference.Structured.Schemas;

/// <summary>Which keywords there are, and how their values are read.</summary>
internal static class Keywords
{
    private static readonly HashSet<string> Annotations =
    [
        "$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default", "examples", "example", "deprecated",
        "readOnly", "writeOnly", "contentMediaType", "contentEncoding", "discriminator",
    ];

    private static readonly HashSet<string> Applicators = ["$ref", "allOf", "anyOf", "oneOf"];

    private static readonly Dictionary<string, JsonTypes> Constraints = new()
    {
        ["type"] = JsonTypes.None,
        ["enum"] = JsonTypes.None,
        ["const"] = JsonTypes.None,
        ["minimum"] = JsonTypes.Number,
        ["maximum"] = JsonTypes.Number,
        ["exclusiveMinimum"] = JsonTypes.Number,
        ["exclusiveMaximum"] = JsonTypes.Number,
        ["multipleOf"] = JsonTypes.Number,
        ["minLength"] = JsonTypes.String,
        ["maxLength"] = JsonTypes.String,
        ["pattern"] = JsonTypes.String,
        ["format"] = JsonTypes.String,
        ["items"] = JsonTypes.Array,
        ["prefixItems"] = JsonTypes.Array,
        ["minItems"] = JsonTypes.Array,
        ["maxItems"] = JsonTypes.Array,
        ["uniqueItems"] = JsonTypes.Array,
        ["properties"] = JsonTypes.Object,
        ["required"] = JsonTypes.Object,
        ["additionalProperties"] = JsonTypes.Object,
        ["unevaluatedProperties"] = JsonTypes.Object,
    };

    /// <summary>The keywords of one schema that constrain its values themselves, with the type that each is about.</summary>
    /// <exception cref="UnsupportedSchemaException">It uses one that is not supported.</exception>
    public static IEnumerable<(string Name, JsonTypes About)> Constraining(SchemaPart part)
    {
        foreach (var keyword in part.Schema.EnumerateObject())
            if (Constraints.TryGetValue(keyword.Name, out var about))
                yield return (keyword.Name, about);
            else if (!Annotations.Contains(keyword.Name) && !Applicators.Contains(keyword.Name) && !keyword.Name.StartsWith("x-", StringComparison.Ordinal))
                throw Unsupported(keyword.Name, part);
    }

    /// <summary>A keyword's value in each part that has it.</summary>
    public static IEnumerable<(SchemaPart Part, JsonElement Value)> Find(this IEnumerable<SchemaPart> parts, string keyword)
    {
        foreach (var part in parts)
            if (part.Schema.TryGetProperty(keyword, out var value))
                yield return (part, value);
    }

    public static IEnumerable<int> FindCounts(this IEnumerable<SchemaPart> parts, string keyword)
        => parts.Find(keyword).Select(found => found.Value.ValueKind == JsonValueKind.Number && found.Value.TryGetInt32(out var count) && count >= 0
            ? count
            : throw Wrong(keyword, found.Part, "a whole number from 0"));

    /// <summary>The one text that all parts agree on; null where none has it.</summary>
    public static (SchemaPart Part, string Value)? FindText(this IEnumerable<SchemaPart> parts, string keyword)
    {
        (SchemaPart Part, string Value)? text = null;
        foreach (var (part, value) in parts.Find(keyword))
        {
            if (value.ValueKind != JsonValueKind.String)
                throw Wrong(keyword, part, "a text");
            if (text is { } other && other.Value != value.GetString())
                throw new UnsupportedSchemaException($"Two different '{keyword}' for one value, at {other.Part.Path} and {part.Path}, are not supported.");
            text = (part, value.GetString()!);
        }
        return text;
    }

    public static UnsupportedSchemaException Unsupported(string keyword, SchemaPart part)
        => new($"The schema keyword '{keyword}' at {part.Path} is not supported.");

    public static UnsupportedSchemaException Wrong(string keyword, SchemaPart part, string expected)
        => new($"The schema keyword '{keyword}' at {part.Path} must be {expected}.");
}
