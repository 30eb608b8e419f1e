using System.Text.Json.Serialization;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Chat.Functions.Translations;

/// <summary>What is to be translated or said more simply: the body of <c>POST /api/chat/runs/translate</c>.</summary>
/// <param name="Model">A model of <c>GET /v1/models</c>; the engine without weights cannot translate.</param>
/// <param name="Target">A language by its code (ISO 639-1), e.g. <c>en</c>, or with <paramref name="Simplify"/> the language of the text.</param>
/// <param name="Text">Markdown or plain text.</param>
/// <param name="DocumentId">A document instead of the text.</param>
/// <param name="Simplify">Not into another language but into easier words of the same.</param>
internal sealed record TranslationOrder(string Model, string Target, string? Text = null, Guid? DocumentId = null, Simplification? Simplify = null)
{
    private const int LongestText = 1_000_000;

    /// <summary>What is asked for in German offices, and what models of the catalogue claim to know.</summary>
    public static readonly IReadOnlyDictionary<string, string> Languages =
        ("de:Deutsch en:Englisch fr:Französisch it:Italienisch es:Spanisch pt:Portugiesisch nl:Niederländisch da:Dänisch sv:Schwedisch pl:Polnisch cs:Tschechisch hu:Ungarisch ro:Rumänisch " +
         "bg:Bulgarisch hr:Kroatisch sr:Serbisch sq:Albanisch el:Griechisch ru:Russisch uk:Ukrainisch tr:Türkisch ar:Arabisch fa:Persisch ku:Kurdisch vi:Vietnamesisch zh:Chinesisch")
        .Split(' ').Select(language => language.Split(':')).ToDictionary(language => language[0], language => language[1], StringComparer.Ordinal);

    public ProblemResult? Check()
    {
        if (string.IsNullOrWhiteSpace(Model)) return Wrong("model", "It is missing.", "Die Angabe fehlt.");
        if (Model == LLMoin.Extractive.ExtractiveAnswer.ModelName)
            return new ProblemResult(
                ProblemType.InvalidRequest, "'extractive' only quotes; translating needs a language model (docs/models.md).", "model",
                "„extractive“ zitiert nur; zum Übersetzen braucht es ein Sprachmodell.");
        if (!Languages.ContainsKey(Target ?? "")) return Wrong("target", $"One of {string.Join(", ", Languages.Keys)}.", $"Eine von {string.Join(", ", Languages.Keys)}.");
        if (string.IsNullOrWhiteSpace(Text) == DocumentId is null) return Wrong("text", "A text or a document is needed, not both.",
            "Es braucht einen Text oder ein Dokument, nicht beides.");
        return Text?.Length > LongestText ? Wrong("text", $"At most {LongestText} characters.", $"Höchstens {LongestText} Zeichen.") : null;
    }

    private static ProblemResult Wrong(string field, string detail, string detailDe) => new(ProblemType.InvalidRequest, detail, field, detailDe);
}

[JsonConverter(typeof(JsonStringEnumConverter<Simplification>))]
internal enum Simplification
{
    /// <summary>Einfache Sprache.</summary>
    [JsonStringEnumMemberName("plain")]
    Plain,

    /// <summary>Bürgernah.</summary>
    [JsonStringEnumMemberName("citizen")]
    Citizen,
}
