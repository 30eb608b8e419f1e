using System.Globalization;
using System.Text.Json;

namespace LLMoin.Inference.Structured.Schemas;

/// <summary>A schema inside the document.</summary>
/// <param name="Schema">An object or a boolean.</param>
/// <param name="Path">JSON pointer (RFC 6901) as a fragment, such as <c>#/properties/a</c>; no two parts of a document share it.</param>
internal sealed record SchemaPart(JsonElement Schema, string Path)
{
    public SchemaPart Below(string keyword, JsonElement schema) => new(schema, $"{Path}/{Escape(keyword)}");

    public SchemaPart Below(string keyword, string name, JsonElement schema) => new(schema, $"{Path}/{keyword}/{Escape(name)}");

    /// <summary>The members of an array of schemas.</summary>
    public IEnumerable<SchemaPart> Each(string keyword)
    {
        if (!Schema.TryGetProperty(keyword, out var list))
            return [];
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            throw Keywords.Wrong(keyword, this, "a list of schemas");
        return list.EnumerateArray().Select((schema, index) => Below(keyword, index.ToString(CultureInfo.InvariantCulture), schema));
    }

    /// <summary>The schema that a local reference names.</summary>
    /// <exception cref="UnsupportedSchemaException">It leads out of the document or nowhere.</exception>
    public SchemaPart Refer(JsonElement root)
    {
        if (Schema.GetProperty("$ref") is not { ValueKind: JsonValueKind.String } reference)
            throw Keywords.Wrong("$ref", this, "a text");
        var pointer = reference.GetString()!;
        if (pointer is not "#" && !pointer.StartsWith("#/", StringComparison.Ordinal))
            throw new UnsupportedSchemaException($"The reference '{pointer}' at {Path} is not supported: only local ones, such as #/$defs/name, are.");

        var target = new SchemaPart(root, "#");
        foreach (var segment in pointer.Split('/')[1..])
            target = target.Step(Uri.UnescapeDataString(segment).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
                ?? throw new UnsupportedSchemaException($"The reference '{pointer}' at {Path} leads nowhere.");
        return target;
    }

    private SchemaPart? Step(string name) => Schema.ValueKind switch
    {
        JsonValueKind.Object when Schema.TryGetProperty(name, out var child) => Below(name, child),
        JsonValueKind.Array when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < Schema.GetArrayLength()
            => Below(name, Schema[index]),
        _ => null,
    };

    private static string Escape(string name)
        => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
