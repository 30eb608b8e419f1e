using LLMoin.Inference.Engines;
using LLMoin.Inference.Templates;

namespace LLMoin.UnitTests.Inference.Templates;

public sealed class LoadingTests
{
    private static readonly SpecialTexts Special = TemplateBed.Vocabulary("chatml");

    [Fact]
    public void An_unknown_family_is_refused_with_the_models_name_and_the_known_ones()
    {
        var refusal = Assert.Throws<EngineException>(() => ChatTemplate.Load("mein-modell", null, "vicuna", Special));

        Assert.Equal(
            "The model 'mein-modell' is configured with the unknown template 'vicuna'; known are: chatml, gemma, llama3, mistral, phi, qwen.", refusal.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" \n")]
    public void A_file_without_a_template_is_refused_with_the_models_name(string? jinja)
        => Assert.Contains("'mein-modell' has no chat template", Assert.Throws<EngineException>(() => ChatTemplate.Load("mein-modell", jinja, null, Special)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{% for m in messages %}", "'mein-modell'")]
    [InlineData("{{ messages[0].content", "'mein-modell'")]
    [InlineData("{% include 'other' %}", "the tag 'include' is not known")]
    [InlineData("{{ messages[0].content | frobnicate }}", "the filter 'frobnicate' is not known")]
    [InlineData("Immer dasselbe", "leaves out what the user says")]
    public void A_template_that_cannot_be_used_is_refused_with_the_reason(string jinja, string reason)
        => Assert.Contains(reason, Assert.Throws<EngineException>(() => ChatTemplate.Load("mein-modell", jinja, null, Special)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_configured_family_takes_the_place_of_the_files_template()
        => Assert.StartsWith(
            "<|im_start|>user\n",
            ChatTemplate.Load("m", "{{ messages[0].content }}", "chatml", Special).Render(new ChatPrompt { Messages = [new("user", "Hallo")] }), StringComparison.Ordinal);
}
