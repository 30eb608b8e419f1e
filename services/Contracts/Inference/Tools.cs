using System.Text.Json;

namespace LLMoin.Contracts.Inference;

/// <summary>A function that the model may call, as OpenAI's <c>tools[].function</c> gives it.</summary>
/// <param name="Name">Letters, digits, <c>_</c> and <c>-</c>, up to 64.</param>
/// <param name="Description">For the model.</param>
/// <param name="Parameters">JSON schema of its arguments; null for none.</param>
public sealed record ToolDefinition(string Name, string? Description, JsonElement? Parameters);

/// <param name="Mode">Whether the model may or must call.</param>
/// <param name="Function">The one that it must call (<see cref="ToolChoiceMode.Function"/>).</param>
public sealed record ToolChoice(ToolChoiceMode Mode, string? Function = null);

public enum ToolChoiceMode
{
    Auto,
    None,
    Required,
    Function,
}

/// <param name="Id">Ties the result to the call.</param>
/// <param name="Name">The function.</param>
/// <param name="Arguments">A JSON object as text, as the model wrote it.</param>
public sealed record ToolCall(string Id, string Name, string Arguments);
