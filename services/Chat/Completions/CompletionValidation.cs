using System.Text.Json;
using System.Text.RegularExpressions;
using LLMoin.Contracts.Inference;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Chat.Completions;

/// <summary>Turns a request into a prompt, or says which field is wrong and why.</summary>
internal static partial class CompletionValidation
{
    private const int MostMessages = 1000;

    public static readonly ProblemType ModelNotFound = new("model-not-found", 404, "There is no such model", "Dieses Modell gibt es nicht");

    /// <summary>Null when the request is sound.</summary>
    public static ProblemResult? Check(CompletionRequest request) => request switch
    {
        { Model: "" } => Wrong("model", "A model is needed."),
        { Messages: [] } => Wrong("messages", "At least one message is needed."),
        { Messages.Count: > MostMessages } => Wrong("messages", $"At most {MostMessages} messages are taken."),
        { N: not null and not 1 } => Wrong("n", "Only one choice per request is generated."),
        { Temperature: < 0 or > 2 } => Wrong("temperature", "It lies between 0 and 2."),
        { TopP: <= 0 or > 1 } => Wrong("top_p", "It lies above 0 and up to 1."),
        { MaxTokens: < 1 } => Wrong("max_tokens", "It is at least 1."),
        { MaxCompletionTokens: < 1 } => Wrong("max_completion_tokens", "It is at least 1."),
        { ResponseFormat.Type: "json_object" or "json_schema" } => Wrong("response_format", $"The model '{request.Model}' cannot be held to JSON."),
        { ResponseFormat.Type: not "text" } => Wrong("response_format.type", "It is text, json_object or json_schema."),
        { Sources.Mode: not (null or "auto" or "off") } => Wrong("sources.mode", "It is auto or off."),
        { Sources.DocumentIds.Count: > 100 } => Wrong("sources.document_ids", "At most 100 documents can be named."),
        _ => CheckToolChoice(request) ?? CheckStop(request) ?? CheckMessages(request),
    };

    public static IReadOnlyList<PromptMessage> Messages(CompletionRequest request)
        => [.. request.Messages.Select(message => new PromptMessage(message.Role == "developer" ? "system" : message.Role, Text(message.Content)))];

    public static Sampling Sampling(CompletionRequest request) => new()
    {
        MaxTokens = request.MaxCompletionTokens ?? request.MaxTokens,
        Temperature = request.Temperature,
        TopP = request.TopP,
        Seed = request.Seed,
        Stop = StopStrings(request.Stop),
    };

    /// <summary>What the front-end says it wants the answer for; <c>chat</c> where it says nothing usable.</summary>
    public static string Purpose(CompletionRequest request)
        => request.Metadata is { ValueKind: JsonValueKind.Object } metadata
           && metadata.TryGetProperty("task", out var task) && task.ValueKind == JsonValueKind.String
           && PurposePattern().IsMatch(task.GetString()!)
            ? task.GetString()!
            : "chat";

    private static ProblemResult? CheckToolChoice(CompletionRequest request)
        => request.ToolChoice is { } choice && !(choice.ValueKind == JsonValueKind.Null || (choice.ValueKind == JsonValueKind.String && choice.GetString() is "none" or "auto"))
            ? Wrong("tool_choice", $"The model '{request.Model}' cannot call tools.")
            : null;

    private static ProblemResult? CheckStop(CompletionRequest request)
        => request.Stop is null or { ValueKind: JsonValueKind.Null or JsonValueKind.String }
           || (request.Stop is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() <= 4 && array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
            ? null
            : Wrong("stop", "It is a string or an array of up to four.");

    private static ProblemResult? CheckMessages(CompletionRequest request)
    {
        for (var index = 0; index < request.Messages.Count; index++)
        {
            var message = request.Messages[index];
            if (message.Role is not ("system" or "developer" or "user" or "assistant" or "tool"))
                return Wrong($"messages[{index}].role", "It is system, developer, user, assistant or tool.");
            if (CheckContent(request.Model, index, message) is { } wrong)
                return wrong;
        }
        return request.Messages.Any(message => message.Role == "user") ? null : Wrong("messages", "At least one message of the user is needed.");
    }

    private static ProblemResult? CheckContent(string model, int index, CompletionMessage message)
    {
        var field = $"messages[{index}].content";
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

    private static string Text(JsonElement? content) => content switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } parts => string.Join('\n', parts.EnumerateArray().Select(part => part.GetProperty("text").GetString())),
        _ => "",
    };

    private static IReadOnlyList<string> StopStrings(JsonElement? stop) => stop switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray().Select(item => item.GetString()!)],
        _ => [],
    };

    private static ProblemResult Wrong(string field, string why) => new(ProblemType.InvalidRequest, why, field);

    [GeneratedRegex("^[a-z][a-z_-]{0,31}$")]
    private static partial Regex PurposePattern();
}
