using System.Text.Json.Serialization;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Chat.Functions.Research;

/// <summary>What is to be found out: the body of <c>POST /api/chat/runs/research</c>.</summary>
/// <param name="Model">A model of <c>GET /v1/models</c>.</param>
/// <param name="Question">In whole sentences; several questions are taken one by one.</param>
/// <param name="CollectionIds">Where to look; with neither collections nor documents in all that one may read.</param>
/// <param name="DocumentIds">Documents beside the collections'.</param>
/// <param name="Depth">By default <c>thorough</c>.</param>
/// <param name="Language">Of the report: <c>de</c> or <c>en</c>.</param>
internal sealed record ResearchOrder(
    string Model, string Question, IReadOnlyList<Guid>? CollectionIds = null, IReadOnlyList<Guid>? DocumentIds = null, ResearchDepth Depth = ResearchDepth.Thorough, string Language = "de")
{
    private const int LongestQuestion = 2_000;
    private const int MostPlaces = 100;

    public ProblemResult? Check()
    {
        if (string.IsNullOrWhiteSpace(Model)) return Wrong("model", "It is missing.", "Die Angabe fehlt.");
        if (string.IsNullOrWhiteSpace(Question) || Question.Length > LongestQuestion) return Wrong("question", $"1 to {LongestQuestion} characters.",
            $"1 bis {LongestQuestion} Zeichen.");
        if (CollectionIds?.Count > MostPlaces) return Wrong("collectionIds", $"At most {MostPlaces}.", $"Höchstens {MostPlaces}.");
        if (DocumentIds?.Count > MostPlaces) return Wrong("documentIds", $"At most {MostPlaces}.", $"Höchstens {MostPlaces}.");
        return Language is "de" or "en" ? null : Wrong("language", "It is de or en.", "Es ist de oder en.");
    }

    private static ProblemResult Wrong(string field, string detail, string detailDe) => new(ProblemType.InvalidRequest, detail, field, detailDe);
}

[JsonConverter(typeof(JsonStringEnumConverter<ResearchDepth>))]
internal enum ResearchDepth
{
    /// <summary>The question as it is asked, one round of search.</summary>
    [JsonStringEnumMemberName("quick")]
    Quick,

    /// <summary>Parts of the question too, and what was not found is searched again in other words.</summary>
    [JsonStringEnumMemberName("thorough")]
    Thorough,
}
