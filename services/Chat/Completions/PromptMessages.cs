using System.Text.Json;
using LLMoin.Contracts.Inference;
using LLMoin.ServiceDefaults.Problems;
using static LLMoin.Chat.Completions.CompletionValidation;

namespace LLMoin.Chat.Completions;

/// <summary>The messages of a request: who said what, which calls were made and what came of them.</summary>
internal static class PromptMessages
{
    private const int MostMessages = 1000;
    private const int LongestCallId = 256;

    public static ProblemResult? Check(CompletionRequest request)
    {
        if (request.Messages is not { Count: > 0 })
            return Wrong("messages", "At least one message is needed.");
        if (request.Messages.Count > MostMessages)
            return Wrong("messages", $"At most {MostMessages} messages are taken.");

        var calls = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < request.Messages.Count; index++)
        {
            var (field, message) = ($"messages[{index}]", request.Messages[index]);
            if (message?.Role is not ("system" or "developer" or "user" or "assistant" or "tool"))
                return Wrong($"{field}.role", "It is system, developer, user, assistant or tool.");
            if ((CheckContent(request.Model, $"{field}.content", message) ?? CheckCalls(field, message, calls)) is { } wrong)
                return wrong;
        }
        return request.Messages.Any(message => message.Role == "user") ? null : Wrong("messages", "At least one message of the user is needed.");
    }

    public static IReadOnlyList<PromptMessage> Of(CompletionRequest request) => [.. request.Messages.Select(message =>
        new PromptMessage(message.Role == "developer" ? "system" : message.Role, Text(message.Content))
        {
            ToolCalls = [.. (message.ToolCalls ?? []).Select(call => new ToolCall(call.Id, call.Function!.Name, call.Function.Arguments))],
            ToolCallId = message.Role == "tool" ? message.ToolCallId : null,
        })];

    private static ProblemResult? CheckContent(string model, string field, CompletionMessage message)
    {
        switch (message.Content?.ValueKind)
        {
            case JsonValueKind.String:
                return null;
            case null or JsonValueKind.Null:
                // An assistant message that only called tools has none.
                return message.Role == "assistant" ? null : Wrong(field, "It is missing.");
            case JsonValueKind.Array:
                foreach (var part in message.Content.Value.EnumerateArray())
                {
                    var type = part.ValueKind == JsonValueKind.Object && part.TryGetProperty("type", out var value) ? value.ToString() : "";
                    if (type == "image_url")
                        return Wrong(field, $"The model '{model}' does not see images; send text only.");
                    if (type != "text" || !part.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
                        return Wrong(field, "Its parts are of type text with a text.");
                }
                return null;
            default:
                return Wrong(field, "It is a string or an array of parts.");
        }
    }

    /// <summary>Notes what is called, by id, and lets a tool's message refer only to that.</summary>
    private static ProblemResult? CheckCalls(string field, CompletionMessage message, HashSet<string> calls)
    {
        if (message.Role == "tool")
            return message.ToolCallId is { } answered && calls.Contains(answered) ? null : Wrong($"{field}.tool_call_id", "It names a call that was made before.");
        if (message.ToolCalls is not { Count: > 0 } made)
            return null;
        if (message.Role != "assistant")
            return Wrong($"{field}.tool_calls", "Only the assistant calls tools.");
        for (var index = 0; index < made.Count; index++)
        {
            var call = $"{field}.tool_calls[{index}]";
            switch (made[index])
            {
                case null or { Id: null or "" or { Length: > LongestCallId } }:
                    return Wrong($"{call}.id", $"It has 1 to {LongestCallId} characters.");
                case { Type: not (null or "function") }:
                    return Wrong($"{call}.type", "It is function.");
                case { Function: null } or { Function.Name: null or "" }:
                    return Wrong($"{call}.function.name", "It is missing.");
                case { Function.Arguments: null }:
                    return Wrong($"{call}.function.arguments", "It is missing.");
            }
            calls.Add(made[index].Id);
        }
        return null;
    }

    private static string Text(JsonElement? content) => content switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } parts => string.Join('\n', parts.EnumerateArray().Select(part => part.GetProperty("text").GetString())),
        _ => "",
    };
}
