using System.Text.Json;
using System.Text.Json.Nodes;

namespace LLMoin.TestQdrant;

/// <summary>What a JSON value must be like. Returns what is wrong with it, or null.</summary>
internal delegate string? Shape(JsonNode? node);

/// <summary>Shapes to make others of. Objects are closed: a property that is not named is wrong.</summary>
internal static class Shapes
{
    public static Shape Text => Kind(JsonValueKind.String);

    public static Shape Flag => node => node?.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? null : "is no boolean";

    public static Shape Number => Kind(JsonValueKind.Number);

    public static Shape Whole => node => node?.GetValueKind() == JsonValueKind.Number && node.ToJsonString().All(char.IsAsciiDigit) ? null : "is no whole number";

    public static Shape Uuid => node => node?.GetValueKind() == JsonValueKind.String && Guid.TryParseExact((string?)node, "D", out _) ? null : "is no UUID";

    public static Shape Nothing => node => node is null ? null : "is not null";

    public static Shape One(params string[] values) => node => node?.GetValueKind() == JsonValueKind.String && values.Contains((string?)node) ? null : $"is none of {string.Join(", ", values)}";

    public static Shape List(Shape item) => node => node is JsonArray list ? list.Select((value, i) => item(value) is { } wrong ? $"[{i}] {wrong}" : null).FirstOrDefault(wrong => wrong is not null) : "is no list";

    public static Shape Map(Shape value) => node => node is JsonObject map ? map.Select(entry => value(entry.Value) is { } wrong ? $".{entry.Key} {wrong}" : null).FirstOrDefault(wrong => wrong is not null) : "is no object";

    public static Shape Either(params Shape[] shapes) => node =>
    {
        var wrong = shapes.Select(shape => shape(node)).ToArray();
        return wrong.Contains(null) ? null : string.Join(" and ", wrong);
    };

    /// <param name="properties">By name; one with a question mark may be missing.</param>
    public static Shape Object(params (string Name, Shape Shape)[] properties) => node =>
    {
        if (node is not JsonObject map)
            return "is no object";
        if (map.FirstOrDefault(entry => !properties.Any(property => property.Name.TrimEnd('?') == entry.Key)) is { Key: { } unknown })
            return $"has an unknown field '{unknown}'";
        foreach (var (name, shape) in properties)
        {
            var isThere = map.TryGetPropertyValue(name.TrimEnd('?'), out var value);
            if (!isThere && !name.EndsWith('?'))
                return $"misses the field '{name}'";
            if (isThere && shape(value) is { } wrong)
                return $".{name.TrimEnd('?')} {wrong}";
        }

        return null;
    };

    private static Shape Kind(JsonValueKind kind) => node => node?.GetValueKind() == kind ? null : $"is no {kind}";
}
