namespace LLMoin.ServiceDefaults.Problems;

/// <summary>
/// A kind of expected failure (RFC 9457). <paramref name="Code"/> is the last part of <c>urn:llmoin:problem:…</c> and, under
/// <c>/v1</c>, the <c>code</c> of OpenAI's error object.
/// </summary>
public sealed record ProblemType(string Code, int Status, string Title, string TitleDe)
{
    public static readonly ProblemType InvalidRequest = new("invalid-request", 400, "The request is not valid", "Die Anfrage ist ungültig");
    public static readonly ProblemType Unauthenticated = new("unauthenticated", 401, "Sign-in, token or API key is missing, wrong or expired", "Anmeldung, Token oder API-Schlüssel fehlt, ist falsch oder abgelaufen");
    public static readonly ProblemType Forbidden = new("forbidden", 403, "Your roles do not allow this", "Ihre Rollen erlauben dies nicht");
    public static readonly ProblemType NotFound = new("not-found", 404, "There is no such thing", "Nicht vorhanden");
    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "This route does not know that method", "Diese Route kennt die Methode nicht");
    public static readonly ProblemType Conflict = new("conflict", 409, "The state has changed or the request contradicts it", "Der Stand hat sich geändert oder widerspricht der Anfrage");

    /// <summary>Somebody else has saved what is to be changed; <c>If-Match</c> names an older version.</summary>
    public static readonly ProblemType StaleVersion = new("stale-version", 412, "There is a newer version", "Es gibt eine neuere Fassung");

    /// <summary>What is to be changed must be named in its version, by its ETag as <c>If-Match</c>.</summary>
    public static readonly ProblemType VersionRequired = new("version-required", 428, "If-Match is missing", "If-Match fehlt");

    public static readonly ProblemType TooLarge = new("too-large", 413, "The body is too large", "Die Anfrage ist zu groß");
    public static readonly ProblemType UnsupportedType = new("unsupported-type", 415, "This content type is not supported", "Dieser Inhaltstyp wird nicht unterstützt");
    public static readonly ProblemType TooManyRequests = new("too-many-requests", 429, "Too many requests", "Zu viele Anfragen");

    /// <summary>A budget is spent. OpenAI's clients know the code, and do not send the request again when told so.</summary>
    public static readonly ProblemType InsufficientQuota = new("insufficient-quota", 429, "A budget does not suffice for this", "Ein Budget reicht hierfür nicht aus") { IsFinal = true };

    public static readonly ProblemType Internal = new("internal", 500, "Something failed on our side", "Auf unserer Seite ist etwas fehlgeschlagen");
    public static readonly ProblemType Unavailable = new("unavailable", 503, "A part of the platform does not answer at present", "Ein Teil der Plattform antwortet gerade nicht");

    /// <summary>Sending the request again cannot help: the answer says <c>x-should-retry: false</c>.</summary>
    public bool IsFinal { get; init; }

    public string Urn => "urn:llmoin:problem:" + Code;

    /// <summary>The type for a bare status code that the framework set, e.g. 401 from authentication.</summary>
    public static ProblemType ForStatus(int status) => status switch
    {
        401 => Unauthenticated,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        409 => Conflict,
        413 => TooLarge,
        415 => UnsupportedType,
        429 => TooManyRequests,
        502 or 503 or 504 => Unavailable,
        >= 500 => Internal,
        _ => InvalidRequest with { Status = status },
    };
}
