using System.Text.Json;

namespace LLMoin.Inference.Structured.Schemas;

/// <summary>
/// <c>oneOf</c> wants exactly one alternative to hold, which no grammar can count; so what is written for one must be
/// known never to satisfy another.
/// </summary>
internal sealed class Disjointness(Alternatives alternatives, Func<Alternative, FlatSchema> flat)
{
    private const int MostDepth = 3;

    /// <exception cref="UnsupportedSchemaException">What is written for the schema might satisfy an excluded one.</exception>
    public void Check(FlatSchema written, IEnumerable<SchemaPart> excluded)
    {
        foreach (var other in excluded)
            if (!NeverSatisfies(written, [other], 0))
                throw new UnsupportedSchemaException(
                    $"The alternative at {other.Path} may overlap with another one of its 'oneOf'; use 'anyOf', or tell them apart by a constant or a required property.");
    }

    private bool NeverSatisfies(FlatSchema written, IReadOnlyList<SchemaPart> other, int depth)
        => alternatives.Of(other).All(way => !way.Parts.IsEmpty && NeverSatisfies(written, way, depth));

    private bool NeverSatisfies(FlatSchema written, Alternative way, int depth)
    {
        // Without a type of its own, a schema holds of everything that its keywords do not speak of.
        var schema = flat(way);
        var typed = schema.Values is not null || way.Parts.Find("type").Any();
        return (typed && (TypesOf(written) & TypesOf(schema)) == 0)
            || (written.Values is { } values && schema.Values is { } others && !values.Any(value => others.Any(other => JsonElement.DeepEquals(value, other))))
            || (written is { Types: JsonTypes.Object, Values: null } && NeverSatisfies(written.Objects!, schema.Objects, depth));
    }

    private bool NeverSatisfies(ObjectShape written, ObjectShape? schema, int depth)
    {
        if (schema is null || depth == MostDepth)
            return false;
        var properties = schema.Properties.ToDictionary(property => property.Name);
        var always = written.Properties.Where(property => property.Required);
        return always.Any(property => !properties.ContainsKey(property.Name) && schema.Forbids)
            || always.Any(property => properties.TryGetValue(property.Name, out var other) && Differs(property, other, depth))
            || (written.Additional is null && properties.Values.Any(other => other.Required && written.Properties.All(property => property.Name != other.Name)));
    }

    private bool Differs(Property written, Property other, int depth)
        => other.Schemas.Count > 0
        && alternatives.Of(written.Schemas).All(way => !way.Parts.IsEmpty && NeverSatisfies(flat(way), other.Schemas, depth + 1));

    private static JsonTypes TypesOf(FlatSchema schema)
        => schema.Values is { } values ? values.Aggregate(JsonTypes.None, (types, value) => types | JsonTypeNames.Of(value)) : schema.Types;
}
