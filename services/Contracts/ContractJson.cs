using System.Text.Json;
using System.Text.Json.Serialization;
using LLMoin.Contracts.Billing;
using LLMoin.Contracts.Chat;
using LLMoin.Contracts.Inference;

namespace LLMoin.Contracts;

/// <summary>
/// How messages look on the wire: camelCase, enums as names, absent instead of null. The hot types (frames above all) go
/// through generated code, without reflection.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(GenerationRequest))]
[JsonSerializable(typeof(GenerationCancelled))]
[JsonSerializable(typeof(AnswerAwaited))]
[JsonSerializable(typeof(AnswerStopRequested))]
[JsonSerializable(typeof(ModelLoadRequested))]
[JsonSerializable(typeof(ModelUnloadRequested))]
[JsonSerializable(typeof(Frame[]))]
[JsonSerializable(typeof(EmbeddingRequest))]
[JsonSerializable(typeof(EmbeddingResult))]
[JsonSerializable(typeof(ModelsAnnounced))]
[JsonSerializable(typeof(BudgetStates))]
[JsonSerializable(typeof(BudgetStatesWanted))]
public sealed partial class ContractJson : JsonSerializerContext
{
    /// <summary>The same look for messages that travel less often, by reflection.</summary>
    public static JsonSerializerOptions Web { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };
}
