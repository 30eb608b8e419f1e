using System.Text.Json.Serialization;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Chat.Functions.Drafts;

/// <summary>What is to be written: the body of <c>POST /api/chat/runs/draft</c>. What is missing stays visible in the draft as a placeholder.</summary>
/// <param name="Model">A model of <c>GET /v1/models</c>.</param>
/// <param name="Kind">What sort of text.</param>
/// <param name="Keywords">What it is about, in keywords or sentences.</param>
/// <param name="MustHave">Points that must be in it; the result says of each whether it is.</param>
/// <param name="Subject">Its subject line or title.</param>
/// <param name="Recipient">Name and address, a line each.</param>
/// <param name="Salutation">How it opens; by default the usual one of its kind.</param>
/// <param name="Closing">How it closes; by default the usual one of its kind.</param>
/// <param name="Sender">Name, function and office of who signs, a line each.</param>
/// <param name="Reference">The file number (Aktenzeichen).</param>
/// <param name="Date">Date of the text, ISO 8601.</param>
/// <param name="Register">By default <c>technical</c>, for letters and e-mails <c>citizen</c>.</param>
/// <param name="Length">By default <c>medium</c>.</param>
/// <param name="Language"><c>de</c> or <c>en</c>.</param>
internal sealed record DraftOrder(
    string Model, DraftKind Kind, string Keywords, IReadOnlyList<string>? MustHave = null, string? Subject = null, IReadOnlyList<string>? Recipient = null, string? Salutation = null,
    string? Closing = null, IReadOnlyList<string>? Sender = null, string? Reference = null, DateOnly? Date = null, DraftRegister? Register = null,
    DraftLength Length = DraftLength.Medium, string Language = "de")
{
    private const int LongestKeywords = 50_000;
    private const int MostPoints = 30;
    private const int MostLines = 6;
    private const int LongestLine = 300;

    public bool IsLetter => Kind is DraftKind.Letter or DraftKind.Invitation;

    public ProblemResult? Check()
    {
        if (string.IsNullOrWhiteSpace(Model)) return Wrong("model", "It is missing.", "Die Angabe fehlt.");
        if (string.IsNullOrWhiteSpace(Keywords) || Keywords.Length > LongestKeywords) return Wrong("keywords", $"1 to {LongestKeywords} characters.",
            $"1 bis {LongestKeywords} Zeichen.");
        if (MustHave?.Count > MostPoints || Long(MustHave, 1_000)) return Wrong("mustHave", $"At most {MostPoints} points of at most 1000 characters.",
            $"Höchstens {MostPoints} Punkte mit je höchstens 1000 Zeichen.");
        if (Recipient?.Count > MostLines || Long(Recipient, LongestLine)) return Wrong("recipient", $"At most {MostLines} lines (DIN 5008, form B) of at most {LongestLine} characters.",
            $"Höchstens {MostLines} Zeilen (DIN 5008, Form B) mit je höchstens {LongestLine} Zeichen.");
        if (Sender?.Count > MostLines || Long(Sender, LongestLine)) return Wrong("sender", $"At most {MostLines} lines of at most {LongestLine} characters.",
            $"Höchstens {MostLines} Zeilen mit je höchstens {LongestLine} Zeichen.");
        if (Long([Subject, Salutation, Closing, Reference], LongestLine)) return Wrong("subject", $"Subject, salutation, closing and reference have at most {LongestLine} characters.",
            $"Betreff, Anrede, Gruß und Zeichen haben höchstens {LongestLine} Zeichen.");
        return Language is "de" or "en" ? null : Wrong("language", "It is de or en.", "Es ist de oder en.");
    }

    private static bool Long(IEnumerable<string?>? lines, int longest) => lines?.Any(line => line?.Length > longest) == true;

    private static ProblemResult Wrong(string field, string detail, string detailDe) => new(ProblemType.InvalidRequest, detail, field, detailDe);
}

[JsonConverter(typeof(JsonStringEnumConverter<DraftKind>))]
internal enum DraftKind
{
    /// <summary>Brief.</summary>
    [JsonStringEnumMemberName("letter")]
    Letter,

    /// <summary>E-Mail.</summary>
    [JsonStringEnumMemberName("email")]
    Email,

    /// <summary>Beschlussvorlage.</summary>
    [JsonStringEnumMemberName("decision-paper")]
    DecisionPaper,

    /// <summary>Vermerk.</summary>
    [JsonStringEnumMemberName("note")]
    Note,

    /// <summary>Einladung.</summary>
    [JsonStringEnumMemberName("invitation")]
    Invitation,

    /// <summary>Protokoll.</summary>
    [JsonStringEnumMemberName("minutes")]
    Minutes,

    /// <summary>Pressemitteilung.</summary>
    [JsonStringEnumMemberName("press-note")]
    PressNote,
}

[JsonConverter(typeof(JsonStringEnumConverter<DraftRegister>))]
internal enum DraftRegister
{
    /// <summary>Fachsprache.</summary>
    [JsonStringEnumMemberName("technical")]
    Technical,

    /// <summary>Bürgernah.</summary>
    [JsonStringEnumMemberName("citizen")]
    Citizen,
}

[JsonConverter(typeof(JsonStringEnumConverter<DraftLength>))]
internal enum DraftLength
{
    /// <summary>Up to 120 words.</summary>
    [JsonStringEnumMemberName("short")]
    Short,

    /// <summary>Up to 300 words.</summary>
    [JsonStringEnumMemberName("medium")]
    Medium,

    /// <summary>Up to 700 words.</summary>
    [JsonStringEnumMemberName("long")]
    Long,
}
