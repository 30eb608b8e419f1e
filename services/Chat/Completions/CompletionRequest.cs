using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LLMoin.Contracts.Inference;

namespace LLMoin.Chat.Completions;

/// <summary>
/// The body of <c>POST /v1/chat/completions</c> as OpenAI's clients send it; fields not named here are ignored. See
/// <see cref="CompletionValidation"/> for what is refused.
/// </summary>
internal sealed record CompletionRequest
{
    /// <summary>snake_case, as on the wire.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        // Letters as they are: an API's JSON stands in no HTML page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal bool IsResumable => Resumable == true && Stream == true && Store != false;

    public required string Model { get; init; }

    public required IReadOnlyList<CompletionMessage> Messages { get; init; }

    public bool? Stream { get; init; }

    public StreamOptions? StreamOptions { get; init; }

    public int? MaxTokens { get; init; }

    public int? MaxCompletionTokens { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public long? Seed { get; init; }

    public int? N { get; init; }

    /// <summary>A string or up to four.</summary>
    public JsonElement? Stop { get; init; }

    public int? TopK { get; init; }

    public float? MinP { get; init; }

    public float? RepetitionPenalty { get; init; }

    /// <summary>The same under llama.cpp's name.</summary>
    public float? RepeatPenalty { get; init; }

    public float? PresencePenalty { get; init; }

    public float? FrequencyPenalty { get; init; }

    /// <summary>Token id (as JSON's keys are, a string) → what is added to its logit.</summary>
    public IReadOnlyDictionary<string, float>? LogitBias { get; init; }

    public IReadOnlyList<ToolOffer>? Tools { get; init; }

    /// <summary><c>none</c>, <c>auto</c>, <c>required</c> or <c>{"type":"function","function":{"name":…}}</c>.</summary>
    public JsonElement? ToolChoice { get; init; }

    public ResponseFormatChoice? ResponseFormat { get; init; }

    /// <summary>Front-ends mark side calls here: <c>{"task":"title"}</c>.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>False keeps question and answer out of the conversations; usage is recorded all the same.</summary>
    public bool? Store { get; init; }

    /// <summary>LLMoin's own: the conversation that goes on.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>
    /// LLMoin's own: the message of the conversation that the question follows. A question asked already gets another answer; the conversation's
    /// own id names its beginning. Where absent the conversation goes on at the end of the open branch.
    /// </summary>
    public Guid? ParentMessageId { get; init; }

    /// <summary>LLMoin's own: the assistant that puts the question. With the model <c>assistant</c> its own model answers.</summary>
    public Guid? AssistantId { get; init; }

    /// <summary>
    /// LLMoin's own: whoever reads the stream may come back to it (<c>GET /api/chat/answers/{id}/events</c>). The answer goes on for a while
    /// without a reader; its events have ids, and its headers come at once. Nothing else than a stored stream can be resumed.
    /// </summary>
    public bool? Resumable { get; init; }

    /// <summary>LLMoin's own: what to answer from.</summary>
    public SourceChoice? Sources { get; init; }
}

/// <param name="Role">system, developer, user, assistant or tool.</param>
/// <param name="Content">A string or an array of parts.</param>
/// <param name="ToolCalls">What the assistant called.</param>
/// <param name="ToolCallId">The call that a tool's message is the result of.</param>
internal sealed record CompletionMessage(string Role, JsonElement? Content, IReadOnlyList<ToolCallBody>? ToolCalls = null, string? ToolCallId = null);

internal sealed record StreamOptions(bool? IncludeUsage);

/// <param name="Type">text, json_object or json_schema.</param>
/// <param name="JsonSchema">What the answer must look like (json_schema).</param>
internal sealed record ResponseFormatChoice(string Type, ResponseFormatChoice.NamedSchema? JsonSchema = null)
{
    /// <param name="Name">Of no consequence here.</param>
    /// <param name="Schema">A JSON schema.</param>
    internal sealed record NamedSchema(string? Name, JsonElement? Schema);
}

/// <param name="Type">function.</param>
/// <param name="Function">What can be called.</param>
internal sealed record ToolOffer(string Type, ToolOffer.FunctionOffer? Function)
{
    internal sealed record FunctionOffer(string Name, string? Description, JsonElement? Parameters);
}

/// <summary>A call in a request's messages, and in an answer.</summary>
/// <param name="Id">Ties the result to the call.</param>
/// <param name="Type">function.</param>
/// <param name="Function">What is called, with which arguments (a JSON object as text).</param>
internal sealed record ToolCallBody(string Id, string Type, ToolCallBody.FunctionCall? Function)
{
    public static ToolCallBody Of(ToolCall call) => new(call.Id, "function", new FunctionCall(call.Name, call.Arguments));

    internal sealed record FunctionCall(string Name, string Arguments);
}

/// <param name="Mode"><c>auto</c> (default) searches what the caller may read; <c>off</c> does not.</param>
/// <param name="DocumentIds">Only these documents, and those of the collections.</param>
/// <param name="CollectionIds">Only the documents of these collections, and those named.</param>
internal sealed record SourceChoice(string? Mode, IReadOnlyList<Guid>? DocumentIds, IReadOnlyList<Guid>? CollectionIds);
