using LLMoin.Inference.Engines;
using LLMoin.Inference.Templates.Jinja;

namespace LLMoin.Inference.Templates;

/// <summary>
/// Turns messages into the text that a model was trained to continue: by the Jinja template in its file, or by one of ours
/// (<see cref="Families"/>). Thread-safe.
/// </summary>
internal sealed class ChatTemplate
{
    private const string ReasoningBegin = "<think>";
    private const string ReasoningEnd = "</think>";

    private readonly string _model;
    private readonly TemplateRenderer _renderer;
    private readonly TemplateTraits _traits;

    private ChatTemplate(string model, TemplateRenderer renderer, TemplateTraits traits)
    {
        _model = model;
        _renderer = renderer;
        _traits = traits;
    }

    /// <summary>The template has a place for tools; otherwise they are described in the system message.</summary>
    public bool SupportsTools => _traits.Tools && _traits.ToolTurns;

    /// <summary>The prompt ends inside a reasoning block, so the answer begins without <c>&lt;think&gt;</c>.</summary>
    public bool OpensReasoning => _traits.OpensReasoning;

    /// <summary>The prompt begins with the begin of sequence, so the tokeniser must not add one.</summary>
    public bool WritesBos => _traits.WritesBos;

    /// <param name="model">For messages.</param>
    /// <param name="jinja">The file's own template (<c>tokenizer.chat_template</c>).</param>
    /// <param name="family">Configured; takes the place of the file's own.</param>
    /// <exception cref="EngineException">No template, an unknown family, or one that cannot be used.</exception>
    public static ChatTemplate Load(string model, string? jinja, string? family, SpecialTexts special, TimeProvider? clock = null)
    {
        var source = family is null ? jinja : Families.Source(model, family);
        if (string.IsNullOrWhiteSpace(source))
            throw new EngineException($"The file of the model '{model}' has no chat template; configure one of: {Families.Known}.");
        try
        {
            var renderer = new TemplateRenderer(Template.Parse(source), special, new Neutralizer(special, source), clock ?? TimeProvider.System);
            return new ChatTemplate(model, renderer, new TemplateProbe(renderer, special.Bos).Run());
        }
        catch (JinjaException exception)
        {
            throw new EngineException($"The chat template of the model '{model}' cannot be used: {exception.Message}.");
        }
    }

    /// <summary>Whether generation continues inside a reasoning block that the prompt has opened.</summary>
    public static bool EndsInReasoning(string prompt) => prompt.AsSpan().TrimEnd().EndsWith(ReasoningBegin, StringComparison.Ordinal);

    /// <summary>The whole prompt, to be tokenised with control tokens recognised.</summary>
    /// <exception cref="EngineException">The template refuses the conversation or cannot render it.</exception>
    public string Render(ChatPrompt prompt)
    {
        var turns = Turn.From(prompt.Messages, _renderer.Neutralizer);
        if (prompt.Tools.Count > 0 && !SupportsTools)
        {
            var instruction = prompt.ToolInstruction ?? throw new EngineException($"The chat template of the model '{_model}' has no place for tools.");
            turns = MessageShaping.AddToSystem(turns, _renderer.Neutralizer.Apply(instruction));
        }
        try
        {
            var text = _renderer.Render(
                MessageShaping.Shape(turns, _traits), SupportsTools ? prompt.Tools : [], _traits.Form, prompt.AddGenerationPrompt, prompt.Thinking);
            return text + Continuation(text, prompt);
        }
        catch (JinjaException exception)
        {
            throw new EngineException(exception.Failure == JinjaFailure.Refused
                ? $"The chat template of the model '{_model}' refuses this conversation: {exception.Message}"
                : $"The chat template of the model '{_model}' fails on this conversation: {exception.Message}.");
        }
    }

    /// <summary>What the model has already written, as it would stand behind the prompt.</summary>
    private string Continuation(string text, ChatPrompt prompt)
    {
        var neutralizer = _renderer.Neutralizer;
        var opened = EndsInReasoning(text);
        var reasoning = prompt.StartedReasoning.Length == 0 ? "" : (opened ? "" : ReasoningBegin + "\n") + neutralizer.Apply(prompt.StartedReasoning);
        if (prompt.Started.Length == 0)
            return reasoning;
        var end = opened || reasoning.Length > 0 ? $"\n{ReasoningEnd}\n\n" : "";
        return reasoning + end + neutralizer.Apply(prompt.Started);
    }
}
