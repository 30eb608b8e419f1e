using System.Text.Json;
using System.Text.Json.Serialization;
using LLMoin.Chat.Answers;

namespace LLMoin.Chat.Functions.Runs;

/// <summary>Values of <c>runs.status</c>.</summary>
internal static class RunStatus
{
    public const string Waiting = "waiting";
    public const string Running = "running";
    public const string Completed = "completed";

    /// <summary>By its owner; what was written so far stays.</summary>
    public const string Stopped = "stopped";

    public const string Failed = "failed";

    public static bool IsOver(string status) => status is Completed or Stopped or Failed;
}

/// <summary>A piece of longer work as it was ordered.</summary>
/// <param name="Function">Which function's, e.g. <c>summarise</c>.</param>
/// <param name="Title">For lists.</param>
/// <param name="Model">The model that was asked for; a run never changes to another.</param>
/// <param name="Input">The order's body, checked.</param>
/// <param name="Department">The owner's when it was ordered; null where none is known.</param>
/// <param name="PromptTokens">Tokens that its steps have read until it was read.</param>
/// <param name="CompletionTokens">Tokens that they have generated until then.</param>
/// <param name="Delegation">By which it reads in its owner's name; null once it is over.</param>
internal sealed record Run(
    Guid Id, string Tenant, string UserId, Guid? ApiKeyId, string Function, string Title, string Model, string Input, string? Department, string? Delegation, DateTime CreatedAt, int PromptTokens = 0,
    int CompletionTokens = 0)
{
    public T Order<T>() => JsonSerializer.Deserialize<T>(Input, RunJson.Options)!;
}

/// <summary>How far a run is.</summary>
/// <param name="Phase">What it does: <c>reading</c>, <c>summarising</c>, <c>condensing</c> … , null before it begins.</param>
/// <param name="Part">Parts done, where the phase has parts.</param>
/// <param name="Parts">How many there are.</param>
/// <param name="Version">Grows with every change.</param>
internal sealed record RunProgress(string Status, string? Phase, int? Part, int? Parts, int Version);

/// <summary>Why a run failed, for its owner.</summary>
internal sealed record RunError(string Code, string Text, string TextDe);

/// <summary>What a run gives in the end.</summary>
/// <param name="Text">Markdown; <c>[n]</c> cites the source of that number.</param>
/// <param name="Facts">Function by function: citations, coverage, doubts, checks.</param>
internal sealed record RunResult(string Text, object Facts);

/// <summary>An expected failure; the run ends with it.</summary>
internal sealed class RunFailedException(RunError error) : Exception(error.Text)
{
    public RunFailedException(string code, string text, string textDe) : this(new RunError(code, text, textDe))
    {
    }

    public RunError Error { get; } = error;
}

/// <summary>JSON of orders, steps and results, as the API has it.</summary>
internal static class RunJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new StorableText() } };

    /// <summary>
    /// jsonb cannot hold the character NUL. It is taken out of each string before that is written: in the JSON it can no longer be told from a text
    /// in which its escape stands.
    /// </summary>
    private sealed class StorableText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(Storable.Text(value));
    }
}
