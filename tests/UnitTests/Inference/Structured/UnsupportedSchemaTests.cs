using System.Text.Json;
using LLMoin.Inference.Structured;

namespace LLMoin.UnitTests.Inference.Structured;

public sealed class UnsupportedSchemaTests
{
    [Theory]
    [InlineData("""{ "properties": { "a": { "not": { "type": "string" } } } }""", "The schema keyword 'not' at #/properties/a is not supported.")]
    [InlineData("""{ "type": "object", "patternProperties": {} }""", "The schema keyword 'patternProperties' at # is not supported.")]
    [InlineData("""{ "properties": { "a/b": { "if": true } } }""", "The schema keyword 'if' at #/properties/a~1b is not supported.")]
    [InlineData("""{ "type": "array", "uniqueItems": true }""", "'uniqueItems' at #")]
    [InlineData("""{ "type": "array", "items": { "contains": {} } }""", "'contains' at #/items")]
    [InlineData("""{ "type": "array", "items": [{}] }""", "call it 'prefixItems'")]
    [InlineData("""{ "$ref": "https://example.org/schema" }""", "The reference 'https://example.org/schema' at # is not supported")]
    [InlineData("""{ "$ref": "#/$defs/nirgends" }""", "The reference '#/$defs/nirgends' at # leads nowhere.")]
    [InlineData("""{ "type": "strin" }""", "'type' at # must be")]
    [InlineData("""{ "type": "string", "minLength": -1 }""", "'minLength' at # must be a whole number from 0.")]
    [InlineData("""{ "type": "string", "format": "hostname" }""", "The format 'hostname' at # is not supported; supported are date, time, date-time, uuid, email, ipv4.")]
    [InlineData("""{ "type": "string", "pattern": "abc" }""", "must start with ^ and end with $")]
    [InlineData("""{ "type": "string", "pattern": "^a|b$" }""", "must start with ^ and end with $")]
    [InlineData("""{ "type": "string", "pattern": "^(?=a)b$" }""", "'pattern' at # is not supported")]
    [InlineData("""{ "type": "string", "pattern": "^(a)\\1$" }""", "the escape \\1 is unknown")]
    [InlineData("""{ "type": "string", "pattern": "^(a*)*$" }""", "it repeats what may be empty")]
    [InlineData("""{ "type": "string", "pattern": "^(a$" }""", "'pattern' at #")]
    [InlineData("""{ "type": "string", "pattern": "^[a$" }""", "'pattern' at #")]
    [InlineData("""{ "type": "string", "pattern": "^a)$" }""", "'pattern' at #")]
    [InlineData("""{ "type": "string", "pattern": "^a\\" }""", "'pattern' at #")]
    [InlineData("""{ "type": "string", "pattern": "^[^\\s\\S]$" }""", "matches nothing")]
    [InlineData("""{ "type": "string", "pattern": "^a+$", "maxLength": 5 }""", "'minLength' and 'maxLength' at #")]
    [InlineData("""{ "type": "number", "minimum": 0.5 }""", "bounds at # are not supported")]
    [InlineData("""{ "type": "number", "multipleOf": 0.25 }""", "'multipleOf' at #")]
    [InlineData("""{ "type": "integer", "minimum": 5, "maximum": 4 }""", "No number lies within the bounds at #.")]
    [InlineData("""{ "type": "integer", "exclusiveMinimum": 4, "exclusiveMaximum": 5 }""", "No number lies within the bounds at #.")]
    [InlineData("""{ "type": "string", "enum": [1] }""", "No value satisfies the schema at #.")]
    [InlineData("""{ "properties": { "a": false } }""", "No value satisfies the schema at #")]
    [InlineData("""{ "enum": ["a"], "minLength": 3 }""", "'minLength' beside 'enum'")]
    [InlineData("""{ "required": ["a"], "properties": {}, "additionalProperties": false }""", "The property 'a' at # is required and forbidden at once.")]
    [InlineData("""{ "anyOf": [{ "$ref": "#" }, { "type": "null" }] }""", "refers to itself with nothing in between")]
    [InlineData("""{ "type": "object", "properties": { "a": { "$ref": "#" } }, "required": ["a"] }""", "without end")]
    [InlineData("""{ "oneOf": [{ "type": "number" }, { "type": "integer" }] }""", "may overlap")]
    [InlineData("""{ "oneOf": [{ "properties": { "a": {} } }, { "properties": { "b": {} } }] }""", "may overlap")]
    [InlineData("""{ "properties": { "a": {}, "b": {} }, "oneOf": [{ "required": ["a"] }, { "required": ["b"] }] }""", "may overlap")]
    [InlineData("""{ "allOf": [{ "oneOf": [{ "required": ["a"] }, { "required": ["b"] }] }, { "properties": { "a": {}, "b": {} } }] }""", "may overlap")]
    [InlineData("""{ "type": "string", "minLength": 70000 }""", "counts beyond 65536")]
    [InlineData("""[1]""", "must be an object or a boolean")]
    [InlineData("""{ "properties": 1 }""", "'properties' at # must be an object.")]
    [InlineData("""{ "required": "a" }""", "'required' at # must be a list of names.")]
    [InlineData("""{ "anyOf": [] }""", "'anyOf' at # must be a list of schemas.")]
    public void What_cannot_be_expressed_is_refused_by_name_and_place(string schema, string message)
        => Assert.Contains(message, Refusal(schema), StringComparison.Ordinal);

    [Fact]
    public void A_schema_that_doubles_at_each_step_is_refused_before_it_has_grown()
    {
        var steps = Enumerable.Range(0, 30).Select(n => $$""" "d{{n}}": { "anyOf": [{ "$ref": "#/$defs/d{{n + 1}}" }, { "$ref": "#/$defs/d{{n + 1}}" }] } """);

        Assert.Contains("too many combinations", Refusal($$"""{ "$ref": "#/$defs/d0", "$defs": { {{string.Join(',', steps)}}, "d30": {} } }"""), StringComparison.Ordinal);
    }

    [Fact]
    public void Combined_choices_are_limited()
    {
        var choice = $$"""{ "anyOf": [{{string.Join(',', Enumerable.Range(0, 20).Select(n => $$"""{ "required": ["p{{n}}"] }"""))}}] }""";

        Assert.Contains("too many combinations", Refusal($$"""{ "type": "object", "allOf": [{{choice}}, {{choice}}, {{choice}}] }"""), StringComparison.Ordinal);
    }

    [Fact]
    public void Large_schemas_and_large_grammars_are_refused()
    {
        var random = new Random(1);
        var names = string.Join(',', Enumerable.Range(0, 400).Select(_ => $"\"{random.NextInt64():D19}\": {{}}"));

        Assert.Contains("more than 128 KiB", Refusal($$"""{ "description": "{{new string('x', 200_000)}}" }"""), StringComparison.Ordinal);
        Assert.Contains("rules or", Refusal($$"""{ "type": "object", "properties": { {{names}} }, "additionalProperties": true }"""), StringComparison.Ordinal);
    }

    [Fact]
    public void Nested_repetitions_stay_small()
    {
        var schema = """{ "type": "string", "pattern": "^(((a{1000}){1000}){1000}){1000}$" }""";

        Assert.InRange(JsonSchemaGrammar.Compile(JsonElement.Parse(schema)).Length, 1, 1000);
    }

    [Fact]
    public void A_long_way_of_references_ends()
    {
        var steps = Enumerable.Range(0, 1000).Select(n => $$""" "d{{n}}": { "type": "object", "properties": { "x": { "$ref": "#/$defs/d{{n + 1}}" } }, "required": ["x"] } """);

        Assert.NotEmpty(JsonSchemaGrammar.Compile(JsonElement.Parse($$"""{ "$ref": "#/$defs/d0", "$defs": { {{string.Join(',', steps)}}, "d1000": true } }""")));
    }

    private static string Refusal(string schema)
        => Assert.Throws<UnsupportedSchemaException>(() => JsonSchemaGrammar.Compile(JsonElement.Parse(schema))).Message;
}
