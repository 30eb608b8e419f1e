using System.Text.Json;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Engines;

namespace LLMoin.Inference.Templates;

/// <summary>A message on its way into a template, neutralised.</summary>
/// <param name="CallId">The call that this is the result of (role <c>tool</c>).</param>
/// <param name="Name">The function of that call.</param>
internal sealed record Turn(string Role, string Content, IReadOnlyList<TurnCall> Calls, string? CallId = null, string? Name = null)
{
    /// <exception cref="EngineException">A role that no template knows.</exception>
    public static IReadOnlyList<Turn> From(IReadOnlyList<PromptMessage> messages, Neutralizer neutralizer)
    {
        var functions = messages.SelectMany(message => message.ToolCalls).ToLookup(call => call.Id, call => call.Name);
        return [.. messages.Select(message => new Turn(
            RoleOf(message),
            neutralizer.Apply(message.Content),
            [.. message.ToolCalls.Select(call => TurnCall.From(call, neutralizer))],
            message.ToolCallId is { } id ? neutralizer.Apply(id) : null,
            message.ToolCallId is { } of && functions[of].FirstOrDefault() is { } name ? neutralizer.Apply(name) : null))];
    }

    private static string RoleOf(PromptMessage message) => message.Role switch
    {
        "system" or "user" or "assistant" or "tool" => message.Role,
        "developer" => "system",
        _ => throw new EngineException("A message has a role other than system, user, assistant and tool."),
    };
}

/// <param name="Arguments">A mapping, or the text as it is where that is no JSON object.</param>
internal sealed record TurnCall(string Id, string Name, object? Arguments)
{
    public static TurnCall From(ToolCall call, Neutralizer neutralizer)
        => new(neutralizer.Apply(call.Id), neutralizer.Apply(call.Name), Parse(call.Arguments, neutralizer));

    private static object? Parse(string arguments, Neutralizer neutralizer)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return JsonValues.From(document.RootElement, neutralizer);
        }
        catch (JsonException)
        {
            // A model may have written anything; the template shows it as it is.
        }
        return neutralizer.Apply(arguments);
    }
}
