using System.Text.Json;
using LLMoin.Inference.Structured.Gbnf;
using LLMoin.Inference.Structured.Schemas;

namespace LLMoin.Inference.Structured;

/// <summary>
/// Turns a JSON schema (draft 2020-12, https://json-schema.org/draft/2020-12/json-schema-validation) into a grammar in GBNF,
/// llama.cpp's notation (grammars/README.md in ggml-org/llama.cpp), whose every text is JSON that satisfies the schema.
/// </summary>
/// <remarks>
/// <para>A grammar may admit less than its schema, never more. Properties come in the schema's order; those that it does not name only
/// where <c>additionalProperties</c> says so; the items of <c>prefixItems</c> always; the alternatives of <c>oneOf</c> only where they
/// cannot overlap; integers have up to 15 digits; between two tokens stands at most one space or newline.</para>
/// <para>Supported: <c>type</c>, <c>enum</c>, <c>const</c>, <c>properties</c>, <c>required</c>, <c>additionalProperties</c>,
/// <c>items</c>, <c>prefixItems</c>, <c>minItems</c>, <c>maxItems</c>, <c>minLength</c>, <c>maxLength</c>, <c>pattern</c> between
/// <c>^</c> and <c>$</c>, <c>format</c>, <c>minimum</c>, <c>maximum</c>, <c>exclusiveMinimum</c>, <c>exclusiveMaximum</c>,
/// <c>multipleOf</c> for decimal places, <c>anyOf</c>, <c>oneOf</c>, <c>allOf</c> and local <c>$ref</c>, recursive ones too.
/// Annotations are ignored, anything else is refused by name.</para>
/// </remarks>
internal static class JsonSchemaGrammar
{
    /// <summary>Any JSON object: OpenAI's <c>response_format</c> <c>json_object</c>.</summary>
    public static string AnyObject { get; } = BuildAnyObject();

    /// <exception cref="UnsupportedSchemaException">It uses what is not supported, contradicts itself or is too large.</exception>
    public static string Compile(JsonElement schema)
    {
        var grammar = new GrammarBuilder();
        return grammar.Build(SchemaCompiler.Compile(schema, grammar));
    }

    private static string BuildAnyObject()
    {
        var grammar = new GrammarBuilder();
        return grammar.Build(JsonRules.Use(grammar, "object"));
    }
}
