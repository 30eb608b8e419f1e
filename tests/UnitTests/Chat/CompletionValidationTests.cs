using System.Text.Json;
using LLMoin.Chat.Completions;

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
    [InlineData("""{"model":"m","tool_choice":"required","messages":[{"role":"user","content":"x"}]}""", "tool_choice")]
    [InlineData("""{"model":"m","response_format":{"type":"json_object"},"messages":[{"role":"user","content":"x"}]}""", "response_format")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","content":"x"}]}""", "messages")]
    [InlineData("""{"model":"m","messages":[{"role":"user"}]}""", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"text"}]}]}""", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]}]}""", "messages[0].content")]
    public void What_is_wrong_is_named(string body, string field) => Assert.Equal(field, CompletionValidation.Check(Read(body))?.Field);

    [Theory]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"something_new":1,"user":"u"}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"x"}]}],"tools":[],"tool_choice":"auto","n":1,"stop":"\n"}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"},{"role":"assistant","content":null},{"role":"tool","content":"y"}],"response_format":{"type":"text"}}""")]
    public void What_clients_send_beyond_that_is_taken(string body) => Assert.Null(CompletionValidation.Check(Read(body)));

    [Fact]
    public void Parts_of_a_message_become_lines_and_the_newer_token_limit_counts()
    {
        var request = Read("""{"model":"m","max_tokens":5,"max_completion_tokens":7,"messages":[{"role":"developer","content":"d"},{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]}""");

        Assert.Equal([("system", "d"), ("user", "a\nb")], CompletionValidation.Messages(request).Select(message => (message.Role, message.Content)));
        Assert.Equal(7, CompletionValidation.Sampling(request).MaxTokens);
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
