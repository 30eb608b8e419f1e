using System.Text.Json;
using LLMoin.Chat.Completions;
using LLMoin.Contracts.Inference;

namespace LLMoin.UnitTests.Chat;

public sealed class CompletionValidationTests
{
    [Theory]
    [InlineData("""{"model":"m","messages":[]}""", "messages")]
    [InlineData("""{"model":"","messages":[{"role":"user","content":"x"}]}""", "model")]
    [InlineData("""{"model":"m","n":2,"messages":[{"role":"user","content":"x"}]}""", "n")]
    [InlineData("""{"model":"m","top_p":0,"messages":[{"role":"user","content":"x"}]}""", "top_p")]
    [InlineData("""{"model":"m","max_tokens":0,"messages":[{"role":"user","content":"x"}]}""", "max_tokens")]
    [InlineData("""{"model":"m","stop":["a","b","c","d","e"],"messages":[{"role":"user","content":"x"}]}""", "stop")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","content":"x"}]}""", "messages")]
    [InlineData("""{"model":"m","messages":[{"role":"user"}]}""", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"text"}]}]}""", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]}]}""", "messages[0].content")]
    public void What_is_wrong_is_named(string body, string field) => Assert.Equal(field, CompletionValidation.Check(Read(body))?.Field);

    [Theory]
    [InlineData(""" "top_k":-1 """, "top_k")]
    [InlineData(""" "min_p":1.5 """, "min_p")]
    [InlineData(""" "repetition_penalty":0 """, "repetition_penalty")]
    [InlineData(""" "repeat_penalty":2.5 """, "repeat_penalty")]
    [InlineData(""" "presence_penalty":-2.1 """, "presence_penalty")]
    [InlineData(""" "frequency_penalty":3 """, "frequency_penalty")]
    [InlineData(""" "logit_bias":{"x":1} """, "logit_bias")]
    [InlineData(""" "logit_bias":{"1":1,"01":1} """, "logit_bias")]
    [InlineData(""" "logit_bias":{"50256":-101} """, "logit_bias.50256")]
    [InlineData(""" "tools":[{"type":"retrieval"}] """, "tools[0].type")]
    [InlineData(""" "tools":[{"type":"function"}] """, "tools[0].function")]
    [InlineData(""" "tools":[{"type":"function","function":{"name":"a b"}}] """, "tools[0].function.name")]
    [InlineData(""" "tools":[{"type":"function","function":{"name":"a"}},{"type":"function","function":{"name":"a"}}] """, "tools[1].function.name")]
    [InlineData(""" "tools":[{"type":"function","function":{"name":"a","parameters":[]}}] """, "tools[0].function.parameters")]
    [InlineData(""" "tool_choice":"required" """, "tool_choice")]
    [InlineData(""" "tool_choice":"sometimes" """, "tool_choice")]
    [InlineData(""" "tools":[{"type":"function","function":{"name":"a"}}],"tool_choice":{"type":"function","function":{"name":"b"}} """, "tool_choice.function.name")]
    [InlineData(""" "response_format":{"type":"xml"} """, "response_format.type")]
    [InlineData(""" "response_format":{"type":"json_schema"} """, "response_format.json_schema.schema")]
    [InlineData(""" "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":"s"}} """, "response_format.json_schema.schema")]
    public void What_is_wrong_with_an_option_is_named(string options, string field)
        => Assert.Equal(field, CompletionValidation.Check(Read("""{"model":"m","messages":[{"role":"user","content":"x"}],""" + options + "}"))?.Field);

    [Theory]
    [InlineData("""{"role":"tool","content":"y","tool_call_id":"2"}""", "messages[2].tool_call_id")]
    [InlineData("""{"role":"tool","content":"y"}""", "messages[2].tool_call_id")]
    [InlineData("""{"role":"user","content":"y","tool_calls":[{"id":"3","type":"function","function":{"name":"f","arguments":"{}"}}]}""", "messages[2].tool_calls")]
    [InlineData("""{"role":"assistant","tool_calls":[{"type":"function","function":{"name":"f","arguments":"{}"}}]}""", "messages[2].tool_calls[0].id")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"3","type":"function","function":{"arguments":"{}"}}]}""", "messages[2].tool_calls[0].function.name")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"3","type":"function","function":{"name":"f"}}]}""", "messages[2].tool_calls[0].function.arguments")]
    public void A_result_belongs_to_a_call_of_the_assistant(string message, string field) => Assert.Equal(field, CompletionValidation.Check(Read(
        """{"model":"m","messages":[{"role":"user","content":"x"},{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},""" + message + "]}"))?.Field);

    [Fact]
    public void Too_many_or_too_long_is_refused()
    {
        var biases = string.Join(',', Enumerable.Range(0, 1025).Select(id => $"\"{id}\":1"));
        var tools = string.Join(',', Enumerable.Range(0, 129).Select(n => $$$"""{"type":"function","function":{"name":"f{{{n}}}"}}"""));
        var text = new string('x', 65_536);

        Assert.Equal("logit_bias", CheckWith(" \"logit_bias\":{" + biases + "}"));
        Assert.Equal("tools", CheckWith($$""" "tools":[{{tools}}] """));
        Assert.Equal("tools[0].function.description", CheckWith(""" "tools":[{"type":"function","function":{"name":"f","description":" """ + text + "\"}}]"));
        Assert.Equal("response_format.json_schema.schema", CheckWith(""" "response_format":{"type":"json_schema","json_schema":{"schema":{"title":" """ + text + "\"}}}"));

        static string? CheckWith(string options)
            => CompletionValidation.Check(Read("""{"model":"m","messages":[{"role":"user","content":"x"}],""" + options + "}"))?.Field;
    }

    [Theory]
    [InlineData(""" "response_format":{"type":"json_object"} """, "response_format")]
    [InlineData(""" "tools":[{"type":"function","function":{"name":"a"}}],"tool_choice":"required" """, "tool_choice")]
    [InlineData(""" "tools":[{"type":"function","function":{"name":"a"}}],"tool_choice":{"type":"function","function":{"name":"a"}} """, "tool_choice")]
    [InlineData(""" "tools":[{"type":"function","function":{"name":"a"}}],"tool_choice":"auto" """, null)]
    public void A_model_is_asked_only_for_what_it_can_do(string options, string? field)
    {
        var request = Read("""{"model":"m","messages":[{"role":"user","content":"x"}],""" + options + "}");

        Assert.Null(CompletionValidation.Check(request));
        Assert.Equal(field, CompletionValidation.CheckAbility(request, new ServedModel("m", ModelKind.Chat, "llmoin", 1000))?.Field);
        Assert.Null(CompletionValidation.CheckAbility(request, new ServedModel("m", ModelKind.Chat, "llmoin", 1000) { Json = true, Tools = true }));
    }

    [Fact]
    public void Options_calls_and_schemas_reach_the_model()
    {
        var request = Read("""
            {"model":"m","top_k":40,"min_p":0.1,"repeat_penalty":1.1,"presence_penalty":-1,"frequency_penalty":2,"logit_bias":{"7":-100},
             "tools":[{"type":"function","function":{"name":"clock","description":"d","parameters":{"type":"object"}}}],
             "tool_choice":{"type":"function","function":{"name":"clock"}},
             "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}},
             "messages":[{"role":"user","content":"x"},{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"clock","arguments":"{}"}}]},
                         {"role":"tool","tool_call_id":"1","content":"12:00"}]}
            """);

        Assert.Null(CompletionValidation.Check(request));
        var sampling = SamplingParameters.Of(request);
        Assert.Equal((40, 0.1f, 1.1f, -1f, 2f), (sampling.TopK, sampling.MinP, sampling.RepetitionPenalty, sampling.PresencePenalty, sampling.FrequencyPenalty));
        Assert.Equal(-100, sampling.LogitBias![7]);
        Assert.Equal(("clock", "d"), (OfferedTools.Of(request)[0].Name, OfferedTools.Of(request)[0].Description));
        Assert.Equal(new ToolChoice(ToolChoiceMode.Function, "clock"), OfferedTools.Choice(request));
        Assert.Equal("object", AnswerFormat.Of(request)!.Schema!.Value.GetProperty("type").GetString());
        var messages = PromptMessages.Of(request);
        Assert.Equal(new ToolCall("1", "clock", "{}"), Assert.Single(messages[1].ToolCalls));
        Assert.Equal("1", messages[2].ToolCallId);
    }

    [Theory]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"something_new":1,"user":"u"}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"x"}]}],"tools":[],"tool_choice":"auto","n":1,"stop":"\n"}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"},{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","content":"y","tool_call_id":"1"}],"response_format":{"type":"text"}}""")]
    public void What_clients_send_beyond_that_is_taken(string body) => Assert.Null(CompletionValidation.Check(Read(body)));

    [Fact]
    public void Parts_of_a_message_become_lines_and_the_newer_token_limit_counts()
    {
        var request = Read("""{"model":"m","max_tokens":5,"max_completion_tokens":7,"messages":[{"role":"developer","content":"d"},{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]}""");

        Assert.Equal([("system", "d"), ("user", "a\nb")], PromptMessages.Of(request).Select(message => (message.Role, message.Content)));
        Assert.Equal(7, SamplingParameters.Of(request).MaxTokens);
    }

    [Theory]
    [InlineData("""{"task":"title"}""", "title")]
    [InlineData("""{"task":"x'; drop"}""", "chat")]
    [InlineData("""{"task":7}""", "chat")]
    [InlineData("[]", "chat")]
    public void Only_a_plain_word_names_the_purpose(string metadata, string purpose)
        => Assert.Equal(purpose, CompletionValidation.Purpose(Read($$"""{"model":"m","messages":[{"role":"user","content":"x"}],"metadata":{{metadata}}}""")));

    private static CompletionRequest Read(string body) => JsonSerializer.Deserialize<CompletionRequest>(body, CompletionRequest.Json)!;
}
