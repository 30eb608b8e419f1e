using LLMoin.Inference.Templates;

namespace LLMoin.UnitTests.Inference.Templates;

/// <summary>Each family's format, by our template and by one in the published dialect.</summary>
public sealed class FormatTests
{
    public static TheoryData<string, string, string> Conversations => new()
    {
        { "chatml", "chatml", "<|im_start|>system\nSei knapp.<|im_end|>\n<|im_start|>user\nGuten Tag<|im_end|>\n<|im_start|>assistant\nMoin.<|im_end|>\n<|im_start|>user\nWie geht's?<|im_end|>\n<|im_start|>assistant\n" },
        { "qwen", "qwen3", "<|im_start|>system\nSei knapp.<|im_end|>\n<|im_start|>user\nGuten Tag<|im_end|>\n<|im_start|>assistant\nMoin.<|im_end|>\n<|im_start|>user\nWie geht's?<|im_end|>\n<|im_start|>assistant\n" },
        { "llama3", "llama3", "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nSei knapp.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nGuten Tag<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nMoin.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nWie geht's?<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n" },
        { "mistral", "mistral", "<s>[INST] Guten Tag[/INST] Moin.</s>[INST] Sei knapp.\n\nWie geht's?[/INST]" },
        { "tekken", "tekken", "<s>[SYSTEM_PROMPT]Sei knapp.[/SYSTEM_PROMPT][INST]Guten Tag[/INST]Moin.</s>[INST]Wie geht's?[/INST]" },
        { "gemma", "gemma", "<bos><start_of_turn>user\nSei knapp.\n\nGuten Tag<end_of_turn>\n<start_of_turn>model\nMoin.<end_of_turn>\n<start_of_turn>user\nWie geht's?<end_of_turn>\n<start_of_turn>model\n" },
        { "phi3", "phi3", "<|system|>\nSei knapp.<|end|>\n<|user|>\nGuten Tag<|end|>\n<|assistant|>\nMoin.<|end|>\n<|user|>\nWie geht's?<|end|>\n<|assistant|>\n" },
        { "phi4", "phi4", "<|im_start|>system<|im_sep|>Sei knapp.<|im_end|><|im_start|>user<|im_sep|>Guten Tag<|im_end|><|im_start|>assistant<|im_sep|>Moin.<|im_end|><|im_start|>user<|im_sep|>Wie geht's?<|im_end|><|im_start|>assistant<|im_sep|>" },
    };

    [Theory, MemberData(nameof(Conversations))]
    public void A_conversation_has_its_familys_format(string ours, string published, string expected)
    {
        var prompt = new ChatPrompt { Messages = TemplateBed.Conversation };

        Assert.Equal(expected, TemplateBed.Ours(ours).Render(prompt));
        Assert.Equal(expected, TemplateBed.Published(published).Render(prompt));
    }

    [Theory, MemberData(nameof(Conversations))]
    public void An_interrupted_answer_goes_on_where_it_stopped(string ours, string published, string expected)
    {
        var prompt = new ChatPrompt { Messages = TemplateBed.Conversation, Started = "Gut, und" };

        Assert.Equal(expected + "Gut, und", TemplateBed.Ours(ours).Render(prompt));
        Assert.Equal(expected + "Gut, und", TemplateBed.Published(published).Render(prompt));
    }

    [Fact]
    public void Phi_4_mini_has_no_line_breaks()
        => Assert.Equal(
            "<|system|>Sei knapp.<|end|><|user|>Guten Tag<|end|><|assistant|>Moin.<|end|><|user|>Wie geht's?<|end|><|assistant|>",
            TemplateBed.Ours("phi4mini").Render(new ChatPrompt { Messages = TemplateBed.Conversation }));

    [Fact]
    public void Without_a_generation_prompt_it_ends_with_the_last_message()
        => Assert.EndsWith(
            "Wie geht's?<|im_end|>\n",
            TemplateBed.Ours("qwen").Render(new ChatPrompt { Messages = TemplateBed.Conversation, AddGenerationPrompt = false }), StringComparison.Ordinal);

    [Theory]
    [InlineData("llama3", true)]
    [InlineData("mistral", true)]
    [InlineData("gemma", true)]
    [InlineData("qwen", false)]
    [InlineData("phi4", false)]
    public void It_is_known_whether_the_begin_of_sequence_is_written(string family, bool written)
        => Assert.Equal(written, TemplateBed.Ours(family).WritesBos);
}
