using System.Text.Json;
using LLMoin.Contracts.Inference;
using LLMoin.ServiceDefaults.Problems;
using static LLMoin.Chat.Completions.CompletionValidation;

namespace LLMoin.Chat.Completions;

/// <summary><c>response_format</c>: free text, any JSON object, or JSON after a schema.</summary>
internal static class AnswerFormat
{
    /// <summary>Longest schema, in characters.</summary>
    private const int LongestSchema = 64 * 1024;

    public static ProblemResult? Check(CompletionRequest request) => request.ResponseFormat switch
    {
        null or { Type: "text" or "json_object" } => null,
        { Type: not "json_schema" } => Wrong("response_format.type", "It is text, json_object or json_schema."),
        { JsonSchema.Schema: { ValueKind: JsonValueKind.Object } schema } => schema.GetRawText().Length <= LongestSchema
            ? null
            : Wrong("response_format.json_schema.schema", $"A schema has at most {LongestSchema} characters."),
        _ => Wrong("response_format.json_schema.schema", "It is a JSON schema, an object."),
    };

    /// <summary>Null for free text.</summary>
    public static ResponseFormat? Of(CompletionRequest request) => request.ResponseFormat switch
    {
        { Type: "json_object" } => new ResponseFormat(ResponseFormatKind.JsonObject),
        { Type: "json_schema" } schema => new ResponseFormat(ResponseFormatKind.JsonSchema, schema.JsonSchema!.Schema),
        _ => null,
    };
}
