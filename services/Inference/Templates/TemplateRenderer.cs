using LLMoin.Contracts.Inference;
using LLMoin.Inference.Templates.Jinja;

namespace LLMoin.Inference.Templates;

/// <summary>Renders turns with the variables that published chat templates use.</summary>
internal sealed class TemplateRenderer(Template template, SpecialTexts special, Neutralizer neutralizer, TimeProvider clock)
{
    public Neutralizer Neutralizer { get; } = neutralizer;

    /// <exception cref="JinjaException">The template refuses, is broken, or exceeds its limits.</exception>
    public string Render(
        IReadOnlyList<Turn> turns, IReadOnlyList<ToolDefinition> tools, MessageForm form, bool addGenerationPrompt = true, bool? thinking = null)
    {
        var variables = new Map
        {
            { "messages", PromptVariables.Messages(turns, form) },
            { "tools", PromptVariables.Tools(tools, form, Neutralizer) },
            { "documents", null },
            { "add_generation_prompt", addGenerationPrompt },
            { "bos_token", special.Bos },
            { "eos_token", special.Eos },
            { "date_string", DateFormat.Format(clock.GetLocalNow(), "%d %b %Y") },
            // Our own templates tell a family's versions apart by these.
            { "special_tokens", special.All.ToArray<object?>() },
        };
        if (thinking is { } think)
            variables["enable_thinking"] = think;
        return template.Render(variables, clock);
    }
}
