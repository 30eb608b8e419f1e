using System.Text.Json;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Structured;
using LLMoin.UnitTests.Inference.Structured.Gbnf;

namespace LLMoin.UnitTests.Inference.Structured;

public sealed class ToolCallFormatTests
{
    private static readonly ToolCallFormat[] All =
        [ToolCallFormat.Hermes, ToolCallFormat.MistralList, ToolCallFormat.MistralNamed, ToolCallFormat.Llama, ToolCallFormat.Generic];

    private static readonly ToolCall Search = new("call_1", "suche", """{"text": "Wohngeld"}""");

    public static TheoryData<string> Formats => [.. All.Select(format => format.Name)];

    [Theory]
    [InlineData(null, "generic")]
    [InlineData("{% for message in messages %}{{ message.content }}{% endfor %}", "generic")]
    [InlineData("{{- '\\n<tool_call>\\n{\"name\": \"' }}", "hermes")]
    [InlineData("{{- '<tool_call>\\n<function=' }}", "generic")]
    [InlineData("<tool_call>{function-name}\\n<arg_key>", "generic")]
    [InlineData("{{- \"[TOOL_CALLS] [\" }}", "mistral")]
    [InlineData("{{- '[TOOL_CALLS]' + name + '[ARGS]' }}", "mistral-11")]
    [InlineData("{{- \"<|python_tag|>\" }}", "llama-3")]
    [InlineData("{\"name\": function name, \"parameters\": dictionary of argument name and its value}", "llama-3")]
    public void The_chat_template_shows_how_a_model_calls(string? template, string expected)
        => Assert.Equal(expected, ToolCallFormat.For(template).Name);

    [Theory]
    [InlineData("hermes", "<tool_call>\n{\"name\": \"suche\", \"arguments\": {\"text\": \"Wohngeld\"}}\n</tool_call>")]
    [InlineData("generic", "<tool_call>\n{\"name\": \"suche\", \"arguments\": {\"text\": \"Wohngeld\"}}\n</tool_call>")]
    [InlineData("mistral", "[TOOL_CALLS][{\"name\": \"suche\", \"arguments\": {\"text\": \"Wohngeld\"}}]")]
    [InlineData("mistral-11", "[TOOL_CALLS]suche[ARGS]{\"text\": \"Wohngeld\"}")]
    [InlineData("llama-3", "{\"name\": \"suche\", \"parameters\": {\"text\": \"Wohngeld\"}}")]
    public void Calls_are_rendered_as_the_family_writes_them(string name, string expected)
        => Assert.Equal(expected, Format(name).Render([Search]));

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_is_rendered_is_read_again(string name)
    {
        var format = Format(name);
        var shape = new OutputShape { Calls = format, Tools = Outputs.Tools };

        Assert.Equal("call: suche({\"text\": \"Wohngeld\"}) | call: uhrzeit({})", Outputs.Split(shape, format.Render([Search, new ToolCall("call_2", "uhrzeit", "{}")])));
        Assert.Equal("", format.Render([]));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_demanded_call_is_always_a_whole_call_of_an_offered_tool(string name)
    {
        var format = Format(name);
        var shape = new OutputShape { Calls = format, Tools = Outputs.Tools };
        var grammar = GbnfParser.Parse(format.Grammar(Outputs.Tools, new ToolChoice(ToolChoiceMode.Required)));
        var writer = new GbnfWriter(grammar);

        Assert.True(new GbnfMatcher(grammar).Accepts(format.Render([Search])));
        for (var seed = 0; seed < 200; seed++)
        {
            var pieces = Outputs.Pieces(shape, writer.Write(seed));
            Assert.InRange(pieces.Count, 1, 8);
            Assert.All(pieces, piece =>
            {
                Assert.Contains(piece.Call!.Name, new[] { "suche", "uhrzeit" });
                var arguments = JsonElement.Parse(piece.Call.Arguments);
                Assert.True(piece.Call.Name == "uhrzeit" ? !arguments.EnumerateObject().Any() : arguments.GetProperty("text").ValueKind == JsonValueKind.String);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_named_function_is_called_once(string name)
    {
        var format = Format(name);
        var grammar = GbnfParser.Parse(format.Grammar(Outputs.Tools, new ToolChoice(ToolChoiceMode.Function, "suche")));

        Assert.True(new GbnfMatcher(grammar).Accepts(format.Render([Search])));
        Assert.False(new GbnfMatcher(grammar).Accepts(format.Render([Search, Search])));
        Assert.False(new GbnfMatcher(grammar).Accepts(format.Render([new ToolCall("", "uhrzeit", "{}")])));
    }

    [Fact]
    public void Arguments_are_objects_even_where_the_schema_does_not_say_so()
    {
        ToolDefinition[] tools = [new("frei", null, Outputs.Schema("{}"))];
        var grammar = GbnfParser.Parse(ToolCallFormat.Hermes.Grammar(tools, new ToolChoice(ToolChoiceMode.Required)));

        Assert.True(new GbnfMatcher(grammar).Accepts(ToolCallFormat.Hermes.Render([new ToolCall("", "frei", """{"a":[1]}""")])));
        Assert.False(new GbnfMatcher(grammar).Accepts(ToolCallFormat.Hermes.Render([new ToolCall("", "frei", "[1]")])));
    }

    [Fact]
    public void Parameters_that_cannot_be_expressed_are_refused_with_the_tools_name()
    {
        ToolDefinition[] tools = [new("suche", null, Outputs.Schema("""{ "type": "object", "properties": { "a": { "not": {} } } }"""))];

        var refusal = Assert.Throws<UnsupportedSchemaException>(() => ToolCallFormat.Hermes.Grammar(tools, new ToolChoice(ToolChoiceMode.Required)));

        Assert.Equal("The parameters of the tool 'suche': The schema keyword 'not' at #/properties/a is not supported.", refusal.Message);
    }

    [Fact]
    public void A_function_that_is_not_offered_cannot_be_demanded()
        => Assert.Throws<UnsupportedSchemaException>(() => ToolCallFormat.Hermes.Grammar(Outputs.Tools, new ToolChoice(ToolChoiceMode.Function, "fremd")));

    [Fact]
    public void A_model_that_does_not_know_tools_is_told_about_them()
    {
        var text = ToolCallFormat.Explain([new("prüfe", "Prüft einen Antrag", Outputs.Tools[0].Parameters), Outputs.Tools[1]]);

        Assert.Contains("""{"name":"prüfe","description":"Prüft einen Antrag","parameters":{"type":"object",""", text, StringComparison.Ordinal);
        Assert.Contains("""{"name":"uhrzeit","parameters":{}}""", text, StringComparison.Ordinal);
        Assert.Contains(ToolCallFormat.Generic.Markers[0], text, StringComparison.Ordinal);
        Assert.True(ToolCallFormat.Generic.NeedsExplanation);
        Assert.False(ToolCallFormat.Hermes.NeedsExplanation);
    }

    [Theory]
    [InlineData("{{ '<think>' }} … </think>", "<think>")]
    [InlineData("[THINK]…[/THINK]", "[THINK]")]
    [InlineData("{{ message.content }}", null)]
    [InlineData(null, null)]
    public void The_chat_template_shows_how_a_model_reasons(string? template, string? open)
        => Assert.Equal(open, ReasoningMarkers.For(template)?.Open);

    private static ToolCallFormat Format(string name) => All.Single(format => format.Name == name);
}
