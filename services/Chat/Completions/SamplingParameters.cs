using System.Globalization;
using System.Text.Json;
using LLMoin.Contracts.Inference;
using LLMoin.ServiceDefaults.Problems;
using static LLMoin.Chat.Completions.CompletionValidation;

namespace LLMoin.Chat.Completions;

/// <summary>How tokens are to be chosen; ranges are OpenAI's, and those of its imitators for what OpenAI does not have.</summary>
internal static class SamplingParameters
{
    private const int MostBiases = 1024;

    public static ProblemResult? Check(CompletionRequest request) => request switch
    {
        { Temperature: < 0 or > 2 } => Wrong("temperature", "It lies between 0 and 2.", "Sie liegt zwischen 0 und 2."),
        { TopP: <= 0 or > 1 } => Wrong("top_p", "It lies above 0 and up to 1."),
        { TopK: < 0 } => Wrong("top_k", "It is at least 0; 0 is without limit."),
        { MinP: < 0 or > 1 } => Wrong("min_p", "It lies between 0 and 1."),
        { RepetitionPenalty: <= 0 or > 2 } => Wrong("repetition_penalty", "It lies above 0 and up to 2."),
        { RepeatPenalty: <= 0 or > 2 } => Wrong("repeat_penalty", "It lies above 0 and up to 2."),
        { PresencePenalty: < -2 or > 2 } => Wrong("presence_penalty", "It lies between -2 and 2."),
        { FrequencyPenalty: < -2 or > 2 } => Wrong("frequency_penalty", "It lies between -2 and 2."),
        { MaxTokens: < 1 } => Wrong("max_tokens", "It is at least 1."),
        { MaxCompletionTokens: < 1 } => Wrong("max_completion_tokens", "It is at least 1."),
        { LogitBias.Count: > MostBiases } => Wrong("logit_bias", $"At most {MostBiases} tokens can be named."),
        _ => CheckBiases(request.LogitBias) ?? CheckStop(request.Stop),
    };

    public static Sampling Of(CompletionRequest request) => new()
    {
        MaxTokens = request.MaxCompletionTokens ?? request.MaxTokens,
        Temperature = request.Temperature,
        TopP = request.TopP,
        TopK = request.TopK,
        MinP = request.MinP,
        RepetitionPenalty = request.RepetitionPenalty ?? request.RepeatPenalty,
        PresencePenalty = request.PresencePenalty,
        FrequencyPenalty = request.FrequencyPenalty,
        Seed = request.Seed,
        Stop = StopStrings(request.Stop),
        LogitBias = request.LogitBias is { Count: > 0 } biases ? biases.ToDictionary(bias => TokenId(bias.Key)!.Value, bias => bias.Value) : null,
    };

    private static ProblemResult? CheckBiases(IReadOnlyDictionary<string, float>? biases)
    {
        var tokens = new HashSet<int>();
        foreach (var (token, bias) in biases ?? new Dictionary<string, float>())
        {
            if (TokenId(token) is not { } id || !tokens.Add(id))
                return Wrong("logit_bias", "Its keys are ids of tokens, each once.");
            if (bias is not (>= -100 and <= 100))
                return Wrong($"logit_bias.{id}", "It lies between -100 and 100.");
        }
        return null;
    }

    private static int? TokenId(string key) => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static ProblemResult? CheckStop(JsonElement? stop)
        => stop is null or { ValueKind: JsonValueKind.Null or JsonValueKind.String }
           || (stop is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() <= 4 && array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
            ? null
            : Wrong("stop", "It is a string or an array of up to four.");

    private static IReadOnlyList<string> StopStrings(JsonElement? stop) => stop switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray().Select(item => item.GetString()!)],
        _ => [],
    };
}
