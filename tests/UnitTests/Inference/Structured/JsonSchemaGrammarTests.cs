using System.Text.Json;
using LLMoin.Inference.Structured;
using LLMoin.UnitTests.Inference.Structured.Gbnf;
using NJsonSchema;

namespace LLMoin.UnitTests.Inference.Structured;

public sealed class JsonSchemaGrammarTests
{
    private const int Seeds = 100;

    private static readonly JsonSerializerOptions Raw = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Cases => [.. SchemaCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Good_documents_are_accepted_and_bad_ones_refused(string name)
    {
        var example = SchemaCase.Read(name);
        var grammar = example.Grammar;

        Assert.All(example.Accepted, document => Assert.True(Accepts(grammar, Text(document)), Text(document)));
        Assert.All(example.Refused, document => Assert.False(Accepts(grammar, Text(document)), Text(document)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Whatever_a_model_writes_under_the_grammar_satisfies_the_schema(string name)
    {
        var example = SchemaCase.Read(name);
        var writer = new GbnfWriter(example.Grammar);
        var schema = await JsonSchema.FromJsonAsync(example.Draft7);

        for (var seed = 0; seed < Seeds; seed++)
        {
            var text = writer.Write(seed);
            using var document = JsonDocument.Parse(text);
            var errors = schema.Validate(text);
            Assert.True(errors.Count == 0, $"Seed {seed}: {text}\n{string.Join('\n', errors)}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_schemas_of_the_cases_mean_what_their_documents_say(string name)
    {
        var example = SchemaCase.Read(name);
        var schema = await JsonSchema.FromJsonAsync(example.Draft7);

        Assert.All(example.Accepted, document => Assert.Empty(schema.Validate(document.GetRawText())));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_character_leaves_few_ways_to_go_on(string name)
    {
        var grammar = SchemaCase.Read(name).Grammar;
        var writer = new GbnfWriter(grammar);

        Assert.InRange(grammar.LeftmostSteps(), 1, 100_000);
        for (var seed = 0; seed < 20; seed++)
        {
            var matcher = new GbnfMatcher(grammar);
            var text = writer.Write(seed);
            Assert.True(matcher.Accepts(text), text);
            Assert.InRange(matcher.MostStacks, 1, 40);
        }
    }

    [Fact]
    public void Any_object_is_an_object_and_nothing_else()
    {
        var grammar = GbnfParser.Parse(JsonSchemaGrammar.AnyObject);

        Assert.True(Accepts(grammar, """{"a": {"b": [1, -0.5e3, "\u00e4\n", null, true]}}"""));
        Assert.All(["[]", "1", "", "{", "{} ", "{\"a\":1,}", "{a:1}"], text => Assert.False(Accepts(grammar, text), text));
    }

    [Fact]
    public void Between_tokens_stands_at_most_one_blank()
    {
        var grammar = GbnfParser.Parse(JsonSchemaGrammar.AnyObject);

        Assert.True(Accepts(grammar, "{ \"a\": [ 1,\n2 ] }"));
        Assert.All(["{  \"a\":1}", "{\"a\":  1}", "{\"a\":1  }", "{\"a\":1,\n\n\"b\":1}", " {}", "{}\n"], text => Assert.False(Accepts(grammar, text), text));
    }

    [Theory]
    [InlineData("\"a\nb\"")]
    [InlineData("\"a\u0007b\"")]
    [InlineData("\"\\a\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\ud83d\"")]
    [InlineData("\"offen")]
    public void Texts_hold_neither_raw_control_characters_nor_broken_escapes(string text)
        => Assert.False(Accepts(Grammar("""{ "type": "string" }"""), text));

    [Fact]
    public void Lengths_count_code_points()
    {
        var grammar = Grammar("""{ "type": "string", "minLength": 2, "maxLength": 2 }""");

        Assert.True(Accepts(grammar, "\"😀ß\""));
        Assert.True(Accepts(grammar, """ "\u00e4\n" """.Trim()));
        Assert.False(Accepts(grammar, "\"😀\""));
    }

    [Fact]
    public void Emojis_are_written_as_they_are()
        => Assert.True(Accepts(Grammar("""{ "enum": ["Daumen 👍"] }"""), "\"Daumen 👍\""));

    [Fact]
    public void A_schema_may_be_a_mere_reference()
    {
        var grammar = Grammar("""{ "$ref": "#/$defs/n", "$defs": { "n": { "type": "array", "items": { "$ref": "#/$defs/n" } } } }""");

        Assert.True(Accepts(grammar, "[[],[[]]]"));
        Assert.False(Accepts(grammar, "[1]"));
    }

    [Fact]
    public void Bounds_as_wide_as_a_double_are_none()
    {
        var grammar = Grammar("""{ "type": "number", "minimum": 0, "maximum": 1.7976931348623157E+308 }""");

        Assert.True(Accepts(grammar, "123456.5"));
        Assert.False(Accepts(grammar, "-1"));
    }

    [Theory]
    [InlineData(250, 250)]
    [InlineData(0, 100)]
    [InlineData(0, 101)]
    [InlineData(7, 199)]
    [InlineData(99, 1000)]
    [InlineData(333, 3333)]
    public void Long_counts_are_exact(int least, int most)
    {
        var grammar = Grammar($$"""{ "type": "string", "minLength": {{least}}, "maxLength": {{most}} }""");

        foreach (var length in new[] { least, least + 1, (least + most) / 2, most - 1, most }.Where(length => length >= least && length <= most))
            Assert.True(Accepts(grammar, $"\"{new string('x', length)}\""), $"{length}");
        Assert.False(Accepts(grammar, $"\"{new string('x', most + 1)}\""));
        Assert.False(least > 0 && Accepts(grammar, $"\"{new string('x', least - 1)}\""));
    }

    [Fact]
    public void Every_integer_of_a_range_is_accepted_and_none_beside_it()
    {
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            var (lower, upper) = (random.Next(-3000, 3000), random.Next(-3000, 3000));
            if (lower > upper)
                (lower, upper) = (upper, lower);
            var grammar = Grammar($$"""{ "type": "integer", "minimum": {{lower}}, "maximum": {{upper}} }""");
            for (var number = lower - 15; number <= upper + 15; number += number > lower + 15 && number < upper - 15 ? 7 : 1)
                Assert.Equal(number >= lower && number <= upper, Accepts(grammar, $"{number}"));
        }
    }

    [Fact]
    public void Optional_properties_cost_rules_in_line_with_their_number()
    {
        int Rules(int properties) => JsonSchemaGrammar.Compile(Parse(
            $$"""{ "type": "object", "properties": { {{string.Join(", ", Enumerable.Range(0, properties).Select(n => $$""" "p{{n}}": { "type": "string" } """))}} } }""")).Length;

        Assert.InRange(Rules(200), 1, 12 * Rules(20));
    }

    private static GbnfGrammar Grammar(string schema) => GbnfParser.Parse(JsonSchemaGrammar.Compile(Parse(schema)));

    private static bool Accepts(GbnfGrammar grammar, string text) => new GbnfMatcher(grammar).Accepts(text);

    private static string Text(JsonElement document) => JsonSerializer.Serialize(document, Raw);

    private static JsonElement Parse(string json) => JsonElement.Parse(json);
}
