using LLMoin.Contracts.Inference;
using LLMoin.Inference.Engines;
using LLMoin.Inference.Templates;

namespace LLMoin.UnitTests.Inference.Templates;

public sealed class ToolTests
{
    private const string WeatherJson =
        """{"type": "function", "function": {"name": "wetter", "description": "Sagt das Wetter", "parameters": {"type": "object", "properties": {"ort": {"type": "string"}}}}}""";

    private static readonly ChatPrompt WithTools = new() { Messages = TemplateBed.ToolConversation, Tools = [TemplateBed.Weather] };

    [Fact]
    public void Qwen_reads_tools_calls_and_results()
    {
        const string turns = """
            <|im_start|>user
            Wie wird es?<|im_end|>
            <|im_start|>assistant
            <tool_call>
            {"name": "wetter", "arguments": {"ort": "Köln"}}
            </tool_call><|im_end|>
            <|im_start|>user
            <tool_response>
            7
            </tool_response><|im_end|>
            <|im_start|>assistant

            """;

        Assert.Equal($"<|im_start|>system\n<tools>\n{WeatherJson}\n</tools><|im_end|>\n{turns}", TemplateBed.Published("qwen3").Render(WithTools));
        var ours = TemplateBed.Ours("qwen").Render(WithTools);
        Assert.Contains($"<tools>\n{WeatherJson}\n</tools>", ours, StringComparison.Ordinal);
        Assert.EndsWith($"<|im_end|>\n{turns}", ours, StringComparison.Ordinal);
    }

    [Fact]
    public void Llama_3_reads_tools_calls_and_results()
    {
        const string turns =
            "Wie wird es?<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n{\"name\": \"wetter\", \"parameters\": {\"ort\": \"Köln\"}}<|eot_id|>"
            + "<|start_header_id|>ipython<|end_header_id|>\n\n7<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n";

        var published = TemplateBed.Published("llama3").Render(WithTools);
        Assert.StartsWith("<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nFunctions:\n{\n    \"type\": \"function\",\n", published, StringComparison.Ordinal);
        Assert.EndsWith("}\n\n" + turns, published, StringComparison.Ordinal);
        var ours = TemplateBed.Ours("llama3").Render(WithTools);
        Assert.Contains("""{"name": "wetter", "description": "Sagt das Wetter",""", ours, StringComparison.Ordinal);
        Assert.EndsWith("}\n\n" + turns, ours, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistral_reads_tools_calls_and_results()
    {
        const string expected =
            "<s>[AVAILABLE_TOOLS] [" + WeatherJson + "][/AVAILABLE_TOOLS][INST] Wie wird es?[/INST]"
            + """[TOOL_CALLS] [{"name": "wetter", "arguments": {"ort": "Köln"}, "id": "abcdefgh1"}]</s>""";

        Assert.Equal(expected + """[TOOL_RESULTS] {"content": 7, "call_id": "abcdefgh1"}[/TOOL_RESULTS]""", TemplateBed.Published("mistral").Render(WithTools));
        Assert.Equal(expected + """[TOOL_RESULTS] {"content": "7", "call_id": "abcdefgh1"}[/TOOL_RESULTS]""", TemplateBed.Ours("mistral").Render(WithTools));
    }

    [Fact]
    public void Ids_of_other_models_calls_are_shortened_where_a_template_wants_nine_characters()
    {
        PromptMessage[] messages =
        [
            new("user", "Wie wird es?"),
            new("assistant", "") { ToolCalls = [new ToolCall("call_0123456789", "wetter", "{}")] },
            new("tool", "7") { ToolCallId = "call_0123456789" },
        ];

        var text = TemplateBed.Published("mistral").Render(new ChatPrompt { Messages = messages });

        var id = text.Split("\"id\": \"")[1][..9];
        Assert.All(id, character => Assert.True(char.IsAsciiLetterOrDigit(character)));
        Assert.Contains($"\"call_id\": \"{id}\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_calls_at_once_become_one_after_the_other_where_a_template_takes_one()
    {
        PromptMessage[] messages =
        [
            new("user", "Wie wird es?"),
            new("assistant", "Moment.") { ToolCalls = [new ToolCall("a", "wetter", """{"ort":"Köln"}"""), new ToolCall("b", "wetter", """{"ort":"Bonn"}""")] },
            new("tool", "7") { ToolCallId = "a" },
            new("tool", "8") { ToolCallId = "b" },
        ];

        var text = TemplateBed.Published("llama3").Render(new ChatPrompt { Messages = messages });

        string[] inOrder = ["Köln", "\n\n7<", "Bonn", "\n\n8<"];
        Assert.Equal(inOrder.Order(Comparer<string>.Create((a, b) => Position(a).CompareTo(Position(b)))), inOrder);
        int Position(string part) => text.IndexOf(part, StringComparison.Ordinal) is var at and >= 0 ? at : throw new InvalidOperationException(part);
    }

    [Fact]
    public void So_they_do_where_a_template_leaves_out_all_but_the_first()
    {
        var template = TemplateBed.Inline("""
            {% for t in tools or [] %}{{ t.function.name }}{% endfor %}
            {% for m in messages %}{{ m.content }}{% if m.tool_calls %}{{ m.tool_calls[0] | tojson }}{% endif %}{% endfor %}
            """);
        ToolCall[] calls = [new("a", "wetter", """{"ort":"Köln"}"""), new("b", "wetter", """{"ort":"Bonn"}""")];

        var text = template.Render(new ChatPrompt { Messages = [new("user", "Wie wird es?"), new("assistant", "") { ToolCalls = calls }] });

        Assert.Contains("Köln", text, StringComparison.Ordinal);
        Assert.Contains("Bonn", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gemma")]
    [InlineData("phi3")]
    [InlineData("chatml")]
    public void A_template_without_tools_describes_them_in_the_system_message_and_shows_calls_as_text(string name)
    {
        var template = TemplateBed.Published(name);

        var text = template.Render(WithTools with { ToolInstruction = "Es gibt: wetter." });

        Assert.False(template.SupportsTools);
        Assert.Contains("Es gibt: wetter.", text, StringComparison.Ordinal);
        Assert.Contains("<tool_call>\n{\"name\": \"wetter\", \"arguments\": {\"ort\": \"Köln\"}}\n</tool_call>", text, StringComparison.Ordinal);
        Assert.Contains("<tool_response>\n7\n</tool_response>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Tools_that_have_no_place_at_all_are_refused()
        => Assert.Contains("'test' has no place for tools", Assert.Throws<EngineException>(() => TemplateBed.Ours("gemma").Render(WithTools)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("qwen", true)]
    [InlineData("llama3", true)]
    [InlineData("mistral", true)]
    [InlineData("gemma", false)]
    [InlineData("phi4", false)]
    public void It_is_known_whether_tools_have_a_place(string family, bool place) => Assert.Equal(place, TemplateBed.Ours(family).SupportsTools);
}
