using System.Text.Json;
using System.Text.Json.Nodes;
using LLMoin.Inference.Structured;
using LLMoin.UnitTests.Inference.Structured.Gbnf;

namespace LLMoin.UnitTests.Inference.Structured;

/// <summary>A file of <c>Cases</c>: a schema, documents that its grammar accepts and documents that it does not.</summary>
internal sealed record SchemaCase(JsonElement Schema, IReadOnlyList<JsonElement> Accepted, IReadOnlyList<JsonElement> Refused)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Inference", "Structured", "Cases");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder).Select(file => Path.GetFileNameWithoutExtension(file)).Order();

    /// <summary>The schema in words that the validator knows: it is older than <c>const</c> and <c>prefixItems</c>.</summary>
    public string Draft7
    {
        get
        {
            var schema = JsonNode.Parse(Schema.GetRawText())!;
            Translate(schema);
            return schema.ToJsonString();
        }
    }

    public GbnfGrammar Grammar => GbnfParser.Parse(JsonSchemaGrammar.Compile(Schema));

    public static SchemaCase Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.json")));
        var root = document.RootElement.Clone();
        return new SchemaCase(
            root.GetProperty("schema"), [.. root.GetProperty("accepted").EnumerateArray()], [.. root.GetProperty("refused").EnumerateArray()]);
    }

    private static void Translate(JsonNode? node)
    {
        if (node is JsonObject schema)
        {
            if (schema.ContainsKey("const"))
                schema["enum"] = new JsonArray(schema["const"]?.DeepClone());
            if (schema["prefixItems"] is { } prefix)
            {
                schema["additionalItems"] = schema["items"]?.DeepClone() ?? true;
                schema["items"] = prefix.DeepClone();
            }
        }
        foreach (var child in node switch
        {
            JsonObject inner => inner.Select(member => member.Value).ToList(),
            JsonArray list => [.. list],
            _ => [],
        })
            Translate(child);
    }
}
