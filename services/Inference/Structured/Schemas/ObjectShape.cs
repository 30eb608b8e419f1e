using System.Text.Json;

namespace LLMoin.Inference.Structured.Schemas;

/// <param name="Name">As the schema spells it.</param>
/// <param name="Schemas">All that its value must satisfy; none for any value.</param>
/// <param name="Required">Whether it may be missing.</param>
internal sealed record Property(string Name, IReadOnlyList<SchemaPart> Schemas, bool Required);

/// <summary>What the keywords for objects say, in the order of the schema.</summary>
/// <param name="Properties">Those named.</param>
/// <param name="Additional">What any other property must satisfy; null where there is none.</param>
/// <param name="Forbids">Whether the schema itself forbids others, not only this grammar.</param>
internal sealed record ObjectShape(IReadOnlyList<Property> Properties, IReadOnlyList<SchemaPart>? Additional, bool Forbids)
{
    /// <summary>The schemas of the values that no such object lacks.</summary>
    public IEnumerable<IReadOnlyList<SchemaPart>> Always => Properties.Where(property => property.Required).Select(property => property.Schemas);

    public static ObjectShape Read(IReadOnlyList<SchemaPart> parts)
    {
        var schemas = new OrderedDictionary<string, List<SchemaPart>>();
        foreach (var (part, value) in parts.Find("properties"))
            foreach (var property in Members(part, value))
                ListOf(schemas, property.Name).Add(part.Below("properties", property.Name, property.Value));
        var required = new HashSet<string>();
        foreach (var (part, value) in parts.Find("required"))
            foreach (var name in Names(part, value))
            {
                ListOf(schemas, name);
                required.Add(name);
            }

        var (others, forbidden) = ReadAdditional(parts, schemas);
        foreach (var name in forbidden)
            if (required.Contains(name))
                throw new UnsupportedSchemaException($"The property '{name}' at {parts[0].Path} is required and forbidden at once.");
            else
                schemas.Remove(name);

        // Without word of additional properties the standard allows any; a model is better held to those that are named.
        if (!parts.Find("properties").Any())
            others.Mentioned = true;
        return new ObjectShape(
            [.. schemas.Select(property => new Property(property.Key, property.Value, required.Contains(property.Key)))],
            others is { Forbidden: false, Mentioned: true } ? others.Schemas : null,
            others.Forbidden);
    }

    /// <summary>
    /// Each part's <c>additionalProperties</c> also governs those named properties that only other parts name.
    /// </summary>
    private static (Others Others, HashSet<string> ForbiddenNames) ReadAdditional(IReadOnlyList<SchemaPart> parts, OrderedDictionary<string, List<SchemaPart>> schemas)
    {
        var others = new Others();
        var forbidden = new HashSet<string>();
        foreach (var (part, value) in parts.Find("additionalProperties"))
        {
            others.Mentioned = true;
            HashSet<string> own = part.Schema.TryGetProperty("properties", out var named) ? [.. Members(part, named).Select(member => member.Name)] : [];
            var foreign = schemas.Keys.Where(name => !own.Contains(name));
            if (value.ValueKind == JsonValueKind.False)
            {
                others.Forbidden = true;
                forbidden.UnionWith(foreign);
            }
            else if (value.ValueKind != JsonValueKind.True)
            {
                var schema = part.Below("additionalProperties", value);
                others.Schemas.Add(schema);
                foreach (var name in foreign)
                    schemas[name].Add(schema);
            }
        }
        foreach (var (part, value) in parts.Find("unevaluatedProperties"))
            // Only named and additional properties are ever written, and those count as evaluated.
            others.Forbidden |= value.ValueKind == JsonValueKind.False ? !others.Mentioned : throw Keywords.Unsupported("unevaluatedProperties", part);
        return (others, forbidden);
    }

    private static JsonElement.ObjectEnumerator Members(SchemaPart part, JsonElement value)
        => value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : throw Keywords.Wrong("properties", part, "an object");

    private static IEnumerable<string> Names(SchemaPart part, JsonElement value)
        => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String)
            ? value.EnumerateArray().Select(name => name.GetString()!)
            : throw Keywords.Wrong("required", part, "a list of names");

    private static List<SchemaPart> ListOf(OrderedDictionary<string, List<SchemaPart>> schemas, string name)
    {
        if (!schemas.TryGetValue(name, out var list))
            schemas.Add(name, list = []);
        return list;
    }

    private sealed class Others
    {
        public List<SchemaPart> Schemas { get; } = [];

        public bool Mentioned { get; set; }

        public bool Forbidden { get; set; }
    }
}
