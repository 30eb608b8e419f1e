using System.Text.Json;
using System.Text.RegularExpressions;
using LLMoin.Contracts.Inference;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Chat.Completions;

/// <summary>Says which field of a request is wrong and why; its parts are checked and translated by the classes beside this one.</summary>
internal static partial class CompletionValidation
{
    public static readonly ProblemType ModelNotFound = new("model-not-found", 404, "There is no such model", "Dieses Modell gibt es nicht");

    /// <summary>Null when the request is sound.</summary>
    public static ProblemResult? Check(CompletionRequest request) => request switch
    {
        { Model: null or "" } => Wrong("model", "A model is needed."),
        { N: not null and not 1 } => Wrong("n", "Only one choice per request is generated."),
        { Sources.Mode: not (null or "auto" or "off") } => Wrong("sources.mode", "It is auto or off."),
        { Sources.DocumentIds.Count: > 100 } => Wrong("sources.document_ids", "At most 100 documents can be named."),
        { Sources.CollectionIds.Count: > 100 } => Wrong("sources.collection_ids", "At most 100 collections can be named."),
        { ParentMessageId: not null, ConversationId: null } => Wrong("parent_message_id", "It needs the conversation's id beside it."),
        _ => SamplingParameters.Check(request) ?? AnswerFormat.Check(request) ?? OfferedTools.Check(request) ?? PromptMessages.Check(request),
    };

    /// <summary>
    /// Null when the model can do what is asked. Tools that it need not call are no hindrance: it will not.
    /// </summary>
    public static ProblemResult? CheckAbility(CompletionRequest request, ServedModel model)
    {
        if (!model.Json && AnswerFormat.Of(request) is not null)
            return Wrong("response_format", $"The model '{request.Model}' cannot be held to JSON.", $"Das Modell „{request.Model}“ kann nicht auf JSON festgelegt werden.");
        return !model.Tools && OfferedTools.Choice(request) is { Mode: ToolChoiceMode.Required or ToolChoiceMode.Function }
            ? Wrong("tool_choice", $"The model '{request.Model}' cannot call tools.", $"Das Modell „{request.Model}“ kann keine Werkzeuge aufrufen.")
            : null;
    }

    /// <summary>What the front-end says it wants the answer for; <paramref name="otherwise"/> where it says nothing usable.</summary>
    public static string Purpose(CompletionRequest request, string otherwise = "chat")
        => request.Metadata is { ValueKind: JsonValueKind.Object } metadata
           && metadata.TryGetProperty("task", out var task) && task.ValueKind == JsonValueKind.String
           && PurposePattern().IsMatch(task.GetString()!)
            ? task.GetString()!
            : otherwise;

    public static ProblemResult Wrong(string field, string why, string? whyDe = null) => new(ProblemType.InvalidRequest, why, field, whyDe);

    [GeneratedRegex("^[a-z][a-z_-]{0,31}$")]
    private static partial Regex PurposePattern();
}
