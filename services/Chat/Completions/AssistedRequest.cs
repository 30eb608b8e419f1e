using System.Text.Json;
using LLMoin.Chat.Assistants;

namespace LLMoin.Chat.Completions;

/// <summary>A request as its assistant completes it: what the request says itself goes before what the assistant brings.</summary>
internal static class AssistedRequest
{
    /// <returns>The request with the assistant's model where it asks for that, its parameters where it has none, and its instruction in front.</returns>
    public static CompletionRequest Of(CompletionRequest request, Assistant? assistant) => assistant is null ? request : request with
    {
        Model = request.Model == Assistant.ItsModel && assistant.Model is { } model ? model : request.Model,
        Temperature = request.Temperature ?? assistant.Temperature,
        MaxTokens = request.MaxTokens ?? assistant.MaxTokens,
        Messages = assistant.Instruction.Length == 0
            ? request.Messages
            : [new CompletionMessage("system", JsonSerializer.SerializeToElement(assistant.Instruction)), .. request.Messages],
    };
}
