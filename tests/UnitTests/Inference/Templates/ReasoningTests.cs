using LLMoin.Contracts.Inference;
using LLMoin.Inference.Templates;

namespace LLMoin.UnitTests.Inference.Templates;

public sealed class ReasoningTests
{
    private const string Opening = "{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}{% if add_generation_prompt %}[assistant]<think>\n{% endif %}";

    private static readonly PromptMessage[] Question = [new("user", "Warum?")];

    [Fact]
    public void Qwen_3_reasons_unless_told_not_to()
    {
        var template = TemplateBed.Published("qwen3");

        Assert.EndsWith("assistant\n", template.Render(new ChatPrompt { Messages = Question }), StringComparison.Ordinal);
        Assert.EndsWith("assistant\n<think>\n\n</think>\n\n", template.Render(new ChatPrompt { Messages = Question, Thinking = false }), StringComparison.Ordinal);
    }

    [Fact]
    public void Past_reasoning_is_dropped_and_an_answers_indentation_kept()
        => Assert.Contains(
            "<|im_start|>assistant\n    eingerückt<|im_end|>",
            TemplateBed.Published("qwen3").Render(new ChatPrompt
            {
                Messages = [.. Question, new("assistant", "<think>\nhm\n</think>\n\n    eingerückt"), new("user", "Weiter")],
            }), StringComparison.Ordinal);

    [Fact]
    public void It_is_known_whether_the_template_opens_the_reasoning()
    {
        Assert.True(TemplateBed.Inline(Opening).OpensReasoning);
        Assert.False(TemplateBed.Published("qwen3").OpensReasoning);
    }

    [Theory]
    [InlineData("", "Darum", "<think>\n\n</think>\n\nDarum")]
    [InlineData("hm", "", "<think>\nhm")]
    [InlineData("hm", "Darum", "<think>\nhm\n</think>\n\nDarum")]
    public void What_was_reasoned_and_answered_already_is_continued(string reasoning, string answer, string expected)
        => Assert.EndsWith(
            "[assistant]" + expected,
            TemplateBed.Inline(Opening).Render(new ChatPrompt { Messages = Question, StartedReasoning = reasoning, Started = answer }), StringComparison.Ordinal);

    [Fact]
    public void A_reasoning_that_the_model_opened_itself_is_continued_too()
        => Assert.EndsWith(
            "assistant\n<think>\nhm\n</think>\n\nDarum",
            TemplateBed.Published("qwen3").Render(new ChatPrompt { Messages = Question, StartedReasoning = "hm", Started = "Darum" }), StringComparison.Ordinal);
}
