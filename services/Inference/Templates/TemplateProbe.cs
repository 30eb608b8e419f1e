using System.Text.Json;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Templates.Jinja;

namespace LLMoin.Inference.Templates;

/// <summary>
/// Finds out what a template takes by rendering small conversations: what it refuses or leaves out, it does not support. Templates
/// declare nothing themselves. One that exceeds its limits even here is not used at all.
/// </summary>
internal sealed class TemplateProbe(TemplateRenderer renderer, string bos)
{
    private const string Rule = "probe-rule";
    private const string LateRule = "probe-late-rule";
    private const string Question = "probe-question";
    private const string Answer = "probe-answer";
    private const string Function = "probe_function";
    private const string Value = "probe-value-";
    private const string Result = "probe-result-";
    private const string Next = "probe-next";

    private static readonly Turn User = new("user", Question, []);
    private static readonly Turn System = new("system", Rule, []);
    private static readonly Turn SystemAgain = new("system", LateRule, []);
    private static readonly Turn Assistant = new("assistant", Answer, []);
    private static readonly Turn UserAgain = new("user", Next, []);

    private static readonly ToolDefinition Tool = new(
        Function, "Probes", JsonDocument.Parse("""{"type":"object","properties":{"key":{"type":"string"}},"required":["key"]}""").RootElement);

    /// <exception cref="JinjaException">It does not even render a single question.</exception>
    public TemplateTraits Run()
    {
        MessageForm[] forms = [new(), new() { ContentParts = true }, new() { EmptyTools = true }];
        var form = forms.FirstOrDefault(form => Shows(form, [], [User], Question), forms[0]);
        var plain = renderer.Render([User], [], form);
        if (!plain.Contains(Question, StringComparison.Ordinal))
            throw new JinjaException("it leaves out what the user says");

        var traits = new TemplateTraits
        {
            Form = form,
            WritesBos = bos.Length > 0 && plain.StartsWith(bos, StringComparison.Ordinal),
            OpensReasoning = ChatTemplate.EndsInReasoning(plain),
            System = Shows(form, [], [System, User], Rule, Question),
            SystemAnywhere = Shows(form, [], [System, User, Assistant, SystemAgain, UserAgain], Rule, Question, Answer, LateRule, Next),
            Alternates = !Shows(form, [], [User, UserAgain], Question, Next) || !Shows(form, [], [Assistant, UserAgain], Next),
            Tools = Shows(form, [Tool], [User], Function, Question),
        };
        return WithToolTurns(traits);
    }

    private TemplateTraits WithToolTurns(TemplateTraits traits)
    {
        foreach (var form in Forms(traits.Form))
        {
            if (!Shows(form, [Tool], Conversation("a"), Question, Function, Value + "a", Result + "a", Next))
                continue;
            var takesTwo = Shows(form, [Tool], Conversation("a", "b"), Value + "a", Value + "b", Result + "a", Result + "b", Next);
            return traits with { Form = form, ToolTurns = true, SingleCalls = !takesTwo };
        }
        return traits;
    }

    private static IEnumerable<MessageForm> Forms(MessageForm form)
        => from shortIds in (bool[])[false, true]
           from asText in (bool[])[false, true]
           from none in (bool[])[false, true]
           select form with { ShortIds = shortIds, ArgumentsAsText = asText, NoneBesideCalls = none };

    private static List<Turn> Conversation(params string[] ids)
    {
        var calls = ids.Select(id => new TurnCall($"call_{id}", Function, new Map { { "key", Value + id } })).ToList();
        return
        [
            User, new Turn("assistant", "", calls), .. ids.Select(id => new Turn("tool", Result + id, [], $"call_{id}", Function)), Assistant, UserAgain,
        ];
    }

    private bool Shows(MessageForm form, IReadOnlyList<ToolDefinition> tools, IReadOnlyList<Turn> turns, params string[] texts)
    {
        try
        {
            var prompt = renderer.Render(turns, tools, form);
            return texts.All(text => prompt.Contains(text, StringComparison.Ordinal));
        }
        catch (JinjaException exception) when (exception.Failure != JinjaFailure.Excessive)
        {
            return false;
        }
    }
}
