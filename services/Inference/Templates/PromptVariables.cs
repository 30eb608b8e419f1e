using System.Security.Cryptography;
using System.Text;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Templates.Jinja;

namespace LLMoin.Inference.Templates;

/// <summary>
/// Messages and tools in OpenAI's shape, as templates read them (<c>messages</c>, <c>tools</c>); a call's arguments are a mapping.
/// </summary>
internal static class PromptVariables
{
    private const string LettersAndDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static object?[] Messages(IReadOnlyList<Turn> turns, MessageForm form) => [.. turns.Select(turn => Message(turn, form))];

    /// <summary>Without tools none, as Hugging Face passes it, unless the template wants an empty list.</summary>
    public static object?[]? Tools(IReadOnlyList<ToolDefinition> tools, MessageForm form, Neutralizer neutralizer)
        => tools.Count == 0 && !form.EmptyTools ? null : [.. tools.Select(tool => Tool(tool, neutralizer))];

    /// <summary>A call's arguments as JSON text.</summary>
    public static string Json(object? arguments)
        => arguments as string ?? Printing.Json(new Run(Limits.Default), arguments, new JsonStyle());

    private static Map Message(Turn turn, MessageForm form)
    {
        var message = new Map { { "role", turn.Role }, { "content", Content(turn, form) } };
        // Templates ask whether these are there, so they are there only with a value.
        if (turn.Calls.Count > 0)
            message["tool_calls"] = turn.Calls.Select(call => Call(call, form)).ToArray();
        if (turn.CallId is { } id)
            message["tool_call_id"] = Id(id, form);
        if (turn.Name is { } name)
            message["name"] = name;
        return message;
    }

    private static object? Content(Turn turn, MessageForm form)
    {
        if (form.NoneBesideCalls && turn is { Content: "", Calls.Count: > 0 })
            return null;
        return form.ContentParts ? new[] { new Map { { "type", "text" }, { "text", turn.Content } } } : turn.Content;
    }

    private static Map Call(TurnCall call, MessageForm form) => new()
    {
        { "id", Id(call.Id, form) },
        { "type", "function" },
        { "function", new Map { { "name", call.Name }, { "arguments", form.ArgumentsAsText ? Json(call.Arguments) : call.Arguments } } },
    };

    private static string Id(string id, MessageForm form)
        => !form.ShortIds || (id.Length == 9 && id.All(char.IsAsciiLetterOrDigit)) ? id
            : string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(id)).Take(9).Select(value => LettersAndDigits[value % LettersAndDigits.Length]));

    private static Map Tool(ToolDefinition tool, Neutralizer neutralizer) => new()
    {
        { "type", "function" },
        {
            "function", new Map
            {
                { "name", neutralizer.Apply(tool.Name) },
                { "description", neutralizer.Apply(tool.Description ?? "") },
                {
                    "parameters", tool.Parameters is { } schema
                        ? JsonValues.From(schema, neutralizer)
                        : new Map { { "type", "object" }, { "properties", new Map() } }
                },
            }
        },
    };
}
