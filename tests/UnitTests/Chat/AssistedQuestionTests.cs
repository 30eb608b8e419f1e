using System.Text.Json;
using LLMoin.Chat.Assistants;
using LLMoin.Chat.Completions;
using LLMoin.Chat.Sources;

namespace LLMoin.UnitTests.Chat;

/// <summary>What an assistant and a conversation add to a request, and what the request keeps.</summary>
public sealed class AssistedQuestionTests
{
    private static readonly Guid Named = Guid.NewGuid();
    private static readonly Guid Attached = Guid.NewGuid();
    private static readonly Guid Collection = Guid.NewGuid();

    [Fact]
    public void What_the_request_says_goes_before_what_the_assistant_brings()
    {
        var assistant = Of("chat") with { Model = "large", Temperature = 0.2f, MaxTokens = 100 };

        var (plain, own) = (AssistedRequest.Of(Read("\"assistant\""), assistant), AssistedRequest.Of(Read("\"small\",\"temperature\":1,\"max_completion_tokens\":7"), assistant));

        Assert.Equal(("large", 0.2f, 100), (plain.Model, SamplingParameters.Of(plain).Temperature!.Value, SamplingParameters.Of(plain).MaxTokens!.Value));
        Assert.Equal(("small", 1f, 7), (own.Model, SamplingParameters.Of(own).Temperature!.Value, SamplingParameters.Of(own).MaxTokens!.Value));
        Assert.Equal([("system", "Sei kurz."), ("system", "s"), ("user", "x")], PromptMessages.Of(plain).Select(message => (message.Role, message.Content)));
    }

    [Fact]
    public void Without_instruction_the_messages_stay_as_they_are()
        => Assert.Equal(2, AssistedRequest.Of(Read("\"m\""), Of("chat") with { Instruction = "" }).Messages.Count);

    [Fact]
    public void Named_sources_go_before_attached_documents_and_an_assistants_collections()
    {
        var assistant = Of("research", Collection);

        AssertSources(SourceSelection.Of(new SourceChoice(null, [Named], null), [Attached], assistant), true, [Named], null);
        AssertSources(SourceSelection.Of(new SourceChoice(null, [], null), [Attached], assistant), true, [Attached], [Collection]);
        AssertSources(SourceSelection.Of(null, [], assistant), true, null, [Collection]);
        AssertSources(SourceSelection.Of(new SourceChoice("off", [Named], null), [Attached], assistant), false, null, null);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("chat", null, true)]
    [InlineData("research", null, true)]
    [InlineData("summarise", null, false)]
    [InlineData("draft", null, false)]
    [InlineData("translate", null, false)]
    [InlineData("translate", "auto", true)]
    public void Work_on_a_given_text_searches_not_by_itself(string? function, string? mode, bool search)
        => Assert.Equal(search, SourceSelection.Of(new SourceChoice(mode, null, null), [], function is null ? null : Of(function)).Search);

    [Theory]
    [InlineData("""{"name":" "}""", "name")]
    [InlineData("""{"name":"a\nb"}""", "name")]
    [InlineData("""{"name":"n","function":"sing"}""", "function")]
    [InlineData("""{"name":"n","model":"assistant"}""", "model")]
    [InlineData("""{"name":"n","temperature":2.1}""", "temperature")]
    [InlineData("""{"name":"n","maxTokens":0}""", "maxTokens")]
    [InlineData("""{"name":"n","audience":"user:ben"}""", "audience")]
    [InlineData("""{"name":"n","audience":"department:"}""", "audience")]
    [InlineData("""{"name":"n","instruction":"a\u0000"}""", "instruction")]
    [InlineData("""{"name":"n","function":"draft","temperature":0,"maxTokens":1,"audience":"department:bauamt"}""", null)]
    public void What_is_wrong_with_an_assistant_is_named(string json, string? field)
        => Assert.Equal(field, JsonSerializer.Deserialize<AssistantInput>(json, JsonSerializerOptions.Web)!.Check()?.Field);

    private static void AssertSources(SourceSelection selection, bool search, Guid[]? documents, Guid[]? collections)
    {
        Assert.Equal(search, selection.Search);
        Assert.Equal(documents, selection.DocumentIds);
        Assert.Equal(collections, selection.CollectionIds);
    }

    private static CompletionRequest Read(string model) => JsonSerializer.Deserialize<CompletionRequest>(
        $$"""{"model":{{model}},"messages":[{"role":"system","content":"s"},{"role":"user","content":"x"}]}""", CompletionRequest.Json)!;

    private static Assistant Of(string function, params Guid[] collections) => new()
    {
        Id = Guid.NewGuid(),
        Audience = "private",
        Owner = "anna",
        Version = 1,
        Name = "n",
        Description = "",
        Instruction = "Sei kurz.",
        Function = function,
        CollectionIds = collections,
        MayChange = true,
        CreatedAt = DateTime.UnixEpoch,
        UpdatedAt = DateTime.UnixEpoch,
    };
}
