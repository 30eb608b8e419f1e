using System.Text.Json;

namespace LLMoin.Inference.Structured.Schemas;

/// <summary>Several schemas that hold of the same value, merged by type.</summary>
internal sealed class FlatSchema
{
    /// <exception cref="UnsupportedSchemaException">A keyword is malformed, or two of them cannot be merged.</exception>
    public FlatSchema(IReadOnlyList<SchemaPart> parts)
    {
        Path = parts[0].Path;
        Values = ReadValues(parts);
        var constraints = parts.SelectMany(Keywords.Constraining).ToList();
        // Without a type, a keyword only speaks of values of its own type; a grammar may admit less, and those are what is meant.
        Types = ReadTypes(parts) ?? constraints.Aggregate(JsonTypes.None, (types, keyword) => types | keyword.About);
        if (Types == JsonTypes.None && Values is not null && !parts.Find("type").Any())
            Types = JsonTypes.All;
        if (Values is not null && constraints.FirstOrDefault(keyword => keyword.About != JsonTypes.None) is { Name: { } beside })
            throw new UnsupportedSchemaException($"The schema keyword '{beside}' beside 'enum' or 'const' at {Path} is not supported.");

        if (Types.HasFlag(JsonTypes.Integer))
            Numbers = NumberShape.Read(parts);
        if (Types.HasFlag(JsonTypes.String))
            Strings = StringShape.Read(parts);
        if (Types.HasFlag(JsonTypes.Array))
            Arrays = ArrayShape.Read(parts);
        if (Types.HasFlag(JsonTypes.Object))
            Objects = ObjectShape.Read(parts);
    }

    /// <summary>Where the first of the schemas stands.</summary>
    public string Path { get; }

    public JsonTypes Types { get; }

    /// <summary>What <c>enum</c> and <c>const</c> leave, of the right types; null where there is neither.</summary>
    public IReadOnlyList<JsonElement>? Values { get; }

    public NumberShape? Numbers { get; }

    public StringShape? Strings { get; }

    public ArrayShape? Arrays { get; }

    public ObjectShape? Objects { get; }

    private static JsonTypes? ReadTypes(IReadOnlyList<SchemaPart> parts)
    {
        JsonTypes? types = null;
        foreach (var (part, value) in parts.Find("type"))
        {
            var named = JsonTypes.None;
            foreach (var name in value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value })
                named |= name.ValueKind == JsonValueKind.String && JsonTypeNames.Parse(name.GetString()) is var type and not JsonTypes.None
                    ? type
                    : throw Keywords.Wrong("type", part, "a JSON type or a list of them");
            types = (types ?? JsonTypes.All) & named;
        }
        return types;
    }

    private static List<JsonElement>? ReadValues(IReadOnlyList<SchemaPart> parts)
    {
        List<JsonElement>? values = null;
        foreach (var part in parts)
        {
            if (part.Schema.TryGetProperty("const", out var constant))
                values = Both(values, [constant]);
            if (part.Schema.TryGetProperty("enum", out var list))
                values = list.ValueKind == JsonValueKind.Array
                    ? Both(values, [.. list.EnumerateArray()])
                    : throw Keywords.Wrong("enum", part, "a list of values");
        }
        if (values is not null && ReadTypes(parts) is { } types)
            values.RemoveAll(value => (types & JsonTypeNames.Of(value)) == 0);
        return values;
    }

    private static List<JsonElement> Both(List<JsonElement>? values, List<JsonElement> others)
        => values is null ? others : [.. values.Where(value => others.Any(other => JsonElement.DeepEquals(value, other)))];
}
