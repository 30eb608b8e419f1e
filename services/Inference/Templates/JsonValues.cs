using System.Text.Json;
using LLMoin.Inference.Templates.Jinja;

namespace LLMoin.Inference.Templates;

/// <summary>JSON as values of a template, its texts neutralised.</summary>
internal static class JsonValues
{
    public static object? From(JsonElement json, Neutralizer neutralizer) => json.ValueKind switch
    {
        JsonValueKind.Object => Entries(json, neutralizer),
        JsonValueKind.Array => json.EnumerateArray().Select(item => From(item, neutralizer)).ToArray(),
        JsonValueKind.String => neutralizer.Apply(json.GetString()!),
        JsonValueKind.Number => json.TryGetInt64(out var integer) ? (object)integer : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static Map Entries(JsonElement json, Neutralizer neutralizer)
    {
        var map = new Map();
        foreach (var property in json.EnumerateObject())
            map[neutralizer.Apply(property.Name)] = From(property.Value, neutralizer);
        return map;
    }
}
