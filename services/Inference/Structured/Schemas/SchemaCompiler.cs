using System.Text.Json;
using LLMoin.Inference.Structured.Gbnf;

namespace LLMoin.Inference.Structured.Schemas;

/// <summary>
/// Writes the rules of one schema. Objects and arrays become rules of their own, found again by the schemas that they satisfy, so that
/// a recursive schema ends; everything else is written where it stands.
/// </summary>
internal sealed class SchemaCompiler
{
    private const int MostCharacters = 128 * 1024;

    private static readonly SchemaPart AnyObject = new(JsonElement.Parse("""{ "type": "object" }"""), "");

    private readonly GrammarBuilder _grammar;
    private readonly Alternatives _alternatives;
    private readonly Disjointness _disjointness;
    private readonly Dictionary<string, FlatSchema> _flat = [];
    private readonly Dictionary<string, string> _structures = [];
    private readonly Queue<Action> _pending = [];
    private readonly Finiteness _finiteness = new();

    private SchemaCompiler(JsonElement root, GrammarBuilder grammar)
    {
        _grammar = grammar;
        _alternatives = new Alternatives(root);
        _disjointness = new Disjointness(_alternatives, Flat);
    }

    /// <summary>Adds the schema's rules to the grammar.</summary>
    /// <param name="schema">The whole document.</param>
    /// <param name="grammar">May hold rules of other schemas.</param>
    /// <param name="onlyObjects">Leaves out values that are no objects, as arguments never are.</param>
    /// <returns>The item that matches what satisfies it.</returns>
    /// <exception cref="UnsupportedSchemaException">It cannot be expressed.</exception>
    public static string Compile(JsonElement schema, GrammarBuilder grammar, bool onlyObjects = false)
    {
        if (schema.GetRawText().Length > MostCharacters)
            throw new UnsupportedSchemaException($"The schema has more than {MostCharacters / 1024} KiB.");
        var compiler = new SchemaCompiler(schema, grammar);
        var document = new SchemaPart(schema, "#");
        var root = compiler.Item(onlyObjects ? [document, AnyObject] : [document], "#");
        while (compiler._pending.TryDequeue(out var define))
            define();
        compiler._finiteness.Check();
        return root;
    }

    /// <summary>A sequence that matches what satisfies all of the schemas.</summary>
    /// <param name="schemas">None for any value.</param>
    /// <param name="path">Where they stand, for messages.</param>
    public string Item(IReadOnlyList<SchemaPart> schemas, string path)
    {
        var items = new List<string>();
        foreach (var alternative in _alternatives.Of(schemas))
            items.AddRange(alternative.Parts.IsEmpty ? [JsonRules.Use(_grammar, "value")] : Items(alternative));
        items = [.. items.Distinct()];
        if (items.Count == 0)
            throw new UnsupportedSchemaException($"No value satisfies the schema at {path}.");
        if (items.Count == 1)
            return items[0];
        var union = _grammar.Share(string.Join(" | ", items));
        _finiteness.NeedsAny(union, items);
        return union;
    }

    private IEnumerable<string> Items(Alternative alternative)
    {
        var schema = Flat(alternative);
        _disjointness.Check(schema, alternative.Excluded);
        if (schema.Values is { } values)
        {
            foreach (var value in values)
                yield return GbnfText.Literal(JsonText.Of(value));
            yield break;
        }
        if (schema.Types.HasFlag(JsonTypes.Object))
            yield return Structure($"object {alternative.Key}", schema.Path, schema.Objects!.Always, () => ObjectRules.Write(schema.Objects, schema.Path, _grammar, Item));
        if (schema.Types.HasFlag(JsonTypes.Array))
            yield return Structure($"array {alternative.Key}", schema.Path, schema.Arrays!.Always, () => ArrayRules.Write(schema.Arrays, schema.Path, _grammar, Item));
        if (schema.Types.HasFlag(JsonTypes.String))
            yield return StringRules.Write(schema.Strings!, schema.Path, _grammar);
        if (schema.Types.HasFlag(JsonTypes.Integer))
            yield return NumberRules.Write(schema.Numbers!, schema.Types.HasFlag(JsonTypes.Number), schema.Path, _grammar);
        if (schema.Types.HasFlag(JsonTypes.Boolean))
            yield return JsonRules.Use(_grammar, "boolean");
        if (schema.Types.HasFlag(JsonTypes.Null))
            yield return "\"null\"";
    }

    /// <summary>The rule of an object or array, whose body is written once all that is under way has a name.</summary>
    private string Structure(string key, string path, IEnumerable<IReadOnlyList<SchemaPart>> always, Func<string> body)
    {
        if (_structures.TryGetValue(key, out var name))
            return name;
        _structures.Add(key, name = _grammar.Reserve());
        _pending.Enqueue(() =>
        {
            _grammar.Define(name, body());
            _finiteness.NeedsAll(name, path, [.. always.Select(schemas => Item(schemas, path))]);
        });
        return name;
    }

    private FlatSchema Flat(Alternative alternative)
    {
        if (!_flat.TryGetValue(alternative.Key, out var flat))
            _flat.Add(alternative.Key, flat = new FlatSchema(alternative.Parts));
        return flat;
    }
}
