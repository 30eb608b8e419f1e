using LLMoin.Contracts.Inference;
using LLMoin.Inference.Engines;
using LLMoin.Inference.Templates;

namespace LLMoin.UnitTests.Inference.Templates;

public sealed class ShapingTests
{
    [Theory]
    [InlineData("gemma")]
    [InlineData("mistral")]
    public void Messages_of_one_role_in_a_row_are_merged_where_roles_must_alternate(string name)
    {
        var text = Render(name, new("user", "eins"), new("user", "zwei"), new("assistant", "drei"), new("assistant", "vier"), new("user", "fünf"));

        Assert.Contains("eins\n\nzwei", text, StringComparison.Ordinal);
        Assert.Contains("drei\n\nvier", text, StringComparison.Ordinal);
        Assert.Contains("fünf", text, StringComparison.Ordinal);
    }

    [Fact]
    public void They_stay_apart_where_they_may()
        => Assert.Equal(
            "<|im_start|>user<|im_sep|>eins<|im_end|><|im_start|>user<|im_sep|>zwei<|im_end|><|im_start|>assistant<|im_sep|>",
            Render("phi4", new("user", "eins"), new("user", "zwei")));

    [Theory]
    [InlineData("gemma")]
    [InlineData("mistral")]
    public void A_greeting_of_the_assistant_may_come_first(string name)
        => Assert.Contains("Willkommen", Render(name, new("assistant", "Willkommen"), new("user", "Hallo")), StringComparison.Ordinal);

    [Theory]
    [InlineData("gemma")]
    [InlineData("mistral")]
    public void A_late_system_message_goes_into_the_next_question(string name)
        => Assert.Contains(
            "Jetzt auf Englisch.\n\nWarum?",
            Render(name, new("user", "eins"), new("assistant", "zwei"), new("system", "Jetzt auf Englisch."), new("user", "Warum?")), StringComparison.Ordinal);

    [Fact]
    public void Several_system_messages_at_the_beginning_are_one()
        => Assert.StartsWith("<|im_start|>system\nA\n\nB<|im_end|>\n", Render("qwen3", new("system", "A"), new("system", "B"), new("user", "C")), StringComparison.Ordinal);

    [Fact]
    public void Content_goes_in_parts_where_a_template_reads_only_parts()
    {
        var template = TemplateBed.Inline("{% for m in messages %}{% for part in m.content %}<{{ part.text }}>{% endfor %}{% endfor %}");

        Assert.Equal("<Hallo>", template.Render(new ChatPrompt { Messages = [new("user", "Hallo")] }));
    }

    [Fact]
    public void A_template_that_always_goes_through_its_tools_gets_an_empty_list()
        => Assert.Equal(
            "Hallo",
            TemplateBed.Inline("{% for tool in tools %}{{ tool.function.name }}{% endfor %}{% for m in messages %}{{ m.content }}{% endfor %}")
                .Render(new ChatPrompt { Messages = [new("user", "Hallo")] }));

    [Fact]
    public void A_template_that_refuses_all_the_same_says_why()
    {
        var template = TemplateBed.Inline("{% for m in messages %}{{ m.content }}{% endfor %}{% if messages | length > 4 %}{{ raise_exception('Too long for me') }}{% endif %}");

        var refusal = Assert.Throws<EngineException>(() => template.Render(new ChatPrompt { Messages = [.. Enumerable.Repeat(new PromptMessage("user", "geheim"), 5)] }));

        Assert.Contains("Too long for me", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", refusal.Message, StringComparison.Ordinal);
    }

    private static string Render(string name, params PromptMessage[] messages) => TemplateBed.Published(name).Render(new ChatPrompt { Messages = messages });
}
