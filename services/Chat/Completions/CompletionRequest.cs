using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

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

    public JsonElement? Tools { get; init; }

    public JsonElement? ToolChoice { get; init; }

    public ResponseFormat? ResponseFormat { get; init; }

    /// <summary>Front-ends mark side calls here: <c>{"task":"title"}</c>.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>False keeps question and answer out of the conversations; usage is recorded all the same.</summary>
    public bool? Store { get; init; }

    /// <summary>LLMoin's own: the conversation that goes on.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>LLMoin's own: what to answer from.</summary>
    public SourceChoice? Sources { get; init; }
}

/// <param name="Role">system, developer, user, assistant or tool.</param>
/// <param name="Content">A string or an array of parts.</param>
internal sealed record CompletionMessage(string Role, JsonElement? Content);

internal sealed record StreamOptions(bool? IncludeUsage);

internal sealed record ResponseFormat(string Type);

/// <param name="Mode"><c>auto</c> (default) searches what the caller may read; <c>off</c> does not.</param>
/// <param name="DocumentIds">Only these documents.</param>
internal sealed record SourceChoice(string? Mode, IReadOnlyList<Guid>? DocumentIds);
