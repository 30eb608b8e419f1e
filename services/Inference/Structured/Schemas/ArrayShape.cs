using System.Text.Json;

namespace LLMoin.Inference.Structured.Schemas;

/// <summary>What the keywords for arrays say.</summary>
/// <param name="Prefix">What the first items must satisfy, one by one.</param>
/// <param name="Items">What the others must satisfy; null where there are none.</param>
/// <param name="Least">Fewest items.</param>
/// <param name="Most">Most items; null without limit.</param>
internal sealed record ArrayShape(IReadOnlyList<IReadOnlyList<SchemaPart>> Prefix, IReadOnlyList<SchemaPart>? Items, int Least, int? Most)
{
    /// <summary>The schemas of the items that no such array lacks.</summary>
    public IEnumerable<IReadOnlyList<SchemaPart>> Always => Least > Prefix.Count ? [.. Prefix, Items!] : Prefix;

    public static ArrayShape Read(IReadOnlyList<SchemaPart> parts)
    {
        foreach (var (part, value) in parts.Find("uniqueItems"))
            if (value.ValueKind != JsonValueKind.False)
                throw Keywords.Unsupported("uniqueItems", part);

        var prefixes = parts.Where(part => part.Schema.TryGetProperty("prefixItems", out _)).ToList();
        if (prefixes.Count > 0 && parts.Count(part => part.Schema.TryGetProperty("items", out _) || prefixes.Contains(part)) > 1)
            throw new UnsupportedSchemaException($"Several 'items' or 'prefixItems' for one array at {prefixes[0].Path} are not supported.");
        List<SchemaPart> prefix = prefixes.Count == 0 ? [] : [.. prefixes[0].Each("prefixItems")];

        var least = parts.FindCounts("minItems").DefaultIfEmpty(0).Max();
        var most = parts.FindCounts("maxItems").Select(count => (int?)count).Min();
        // A tuple ends with its prefix unless more is asked for, like an object with its named properties.
        var open = prefix.Count == 0 || least > prefix.Count;
        List<SchemaPart>? items = open || parts.Find("items").Any() ? [] : null;
        foreach (var (part, value) in parts.Find("items"))
            if (value.ValueKind == JsonValueKind.Array)
                throw new UnsupportedSchemaException($"A list of schemas in 'items' at {part.Path} is not supported; call it 'prefixItems'.");
            else if (value.ValueKind == JsonValueKind.False)
                items = null;
            else
                items?.Add(part.Below("items", value));

        if (items is null)
            most = Math.Min(most ?? prefix.Count, prefix.Count);
        return most < least
            ? throw new UnsupportedSchemaException($"No array has as many items as the schema at {parts[0].Path} asks for.")
            : new ArrayShape([.. prefix.Take(most ?? prefix.Count).Select(part => new[] { part })], items, least, most);
    }
}
