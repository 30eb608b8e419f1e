using System.Text.Json.Serialization;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Chat.Functions.Summaries;

/// <summary>What is to be summarised, and how: the body of <c>POST /api/chat/runs/summarise</c>.</summary>
/// <param name="Model">A model of <c>GET /v1/models</c>.</param>
/// <param name="DocumentIds">Documents that one may read; whole, not only what a search would find in them.</param>
/// <param name="Text">Pasted text, beside documents or instead of them.</param>
/// <param name="Length">By default half a page.</param>
/// <param name="Style">By default <c>technical</c>.</param>
/// <param name="Focus">What the reader wants to know above all.</param>
/// <param name="Language">Of the summary: <c>de</c> or <c>en</c>.</param>
internal sealed record SummaryOrder(
    string Model, IReadOnlyList<Guid>? DocumentIds = null, string? Text = null, SummaryLength? Length = null, SummaryStyle Style = SummaryStyle.Technical, string? Focus = null,
    string Language = "de")
{
    private const int MostDocuments = 50;
    private const int LongestText = 4_000_000;
    private const int LongestFocus = 1_000;

    public ProblemResult? Check()
    {
        if (string.IsNullOrWhiteSpace(Model)) return Wrong("model", "It is missing.", "Die Angabe fehlt.");
        if (DocumentIds is null or { Count: 0 } && string.IsNullOrWhiteSpace(Text)) return Wrong("documentIds", "Documents or a text are needed.",
            "Es braucht Dokumente oder einen Text.");
        if (DocumentIds?.Count > MostDocuments) return Wrong("documentIds", $"At most {MostDocuments} documents are taken.", $"Höchstens {MostDocuments} Dokumente.");
        if (Text?.Length > LongestText) return Wrong("text", $"At most {LongestText} characters.", $"Höchstens {LongestText} Zeichen.");
        if (Focus?.Length > LongestFocus) return Wrong("focus", $"At most {LongestFocus} characters.", $"Höchstens {LongestFocus} Zeichen.");
        if (Language is not ("de" or "en")) return Wrong("language", "It is de or en.", "Es ist de oder en.");
        return Length?.Check();
    }

    private static ProblemResult Wrong(string field, string detail, string detailDe) => new(ProblemType.InvalidRequest, detail, field, detailDe);
}

/// <param name="Unit">In what <paramref name="Value"/> counts.</param>
/// <param name="Value">Sentences 1 to 100, pages 0.5 to 20, percent of the text 1 to 50, words 20 to 10,000.</param>
internal sealed record SummaryLength(LengthUnit Unit, double Value)
{
    /// <summary>Words on a page.</summary>
    private const int WordsPerPage = 400;

    private const int WordsPerSentence = 18;
    private const int FewestWords = 20;
    private const int MostWords = 20 * WordsPerPage;

    public static readonly SummaryLength HalfAPage = new(LengthUnit.Pages, 0.5);

    public ProblemResult? Check()
    {
        var isRight = Unit switch
        {
            LengthUnit.Sentences => Value is >= 1 and <= 100,
            LengthUnit.Pages => Value is >= 0.5 and <= 20,
            LengthUnit.Percent => Value is >= 1 and <= 50,
            LengthUnit.Words => Value is >= 20 and <= 10_000,
            _ => false,
        };
        return isRight ? null : new ProblemResult(ProblemType.InvalidRequest, "Sentences 1 to 100, pages 0.5 to 20, percent 1 to 50, words 20 to 10000.", "length",
            "1 bis 100 Sätze, 0,5 bis 20 Seiten, 1 bis 50 Prozent, 20 bis 10000 Wörter.");
    }

    /// <param name="words">As <see cref="Words"/> gives them.</param>
    public string Phrase(int words) => Unit != LengthUnit.Sentences ? $"{words} Wörtern" : Value < 2 ? "1 Satz" : $"{(int)Value} Sätzen";

    /// <returns>Words of the summary.</returns>
    public int Words(int wordsOfSource) => Math.Clamp((int)Math.Round(Unit switch
    {
        LengthUnit.Sentences => Value * WordsPerSentence,
        LengthUnit.Pages => Value * WordsPerPage,
        LengthUnit.Percent => Value / 100 * wordsOfSource,
        _ => Value,
    }), FewestWords, MostWords);
}

[JsonConverter(typeof(JsonStringEnumConverter<LengthUnit>))]
internal enum LengthUnit
{
    [JsonStringEnumMemberName("sentences")]
    Sentences,

    [JsonStringEnumMemberName("pages")]
    Pages,

    [JsonStringEnumMemberName("percent")]
    Percent,

    [JsonStringEnumMemberName("words")]
    Words,
}

[JsonConverter(typeof(JsonStringEnumConverter<SummaryStyle>))]
internal enum SummaryStyle
{
    /// <summary>Fachsprache.</summary>
    [JsonStringEnumMemberName("technical")]
    Technical,

    /// <summary>Bürgernah.</summary>
    [JsonStringEnumMemberName("citizen")]
    Citizen,

    /// <summary>Einfache Sprache.</summary>
    [JsonStringEnumMemberName("plain")]
    Plain,

    /// <summary>Stichpunkte.</summary>
    [JsonStringEnumMemberName("bullets")]
    Bullets,
}
