using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Prompts.Templates;

/// <summary>Expected failures of saving and reading templates.</summary>
internal static class TemplateProblems
{
    private static readonly ProblemType Stale = new("stale-version", 412, "The template has a newer version", "Von der Vorlage gibt es eine neuere Fassung");
    private static readonly ProblemType NeedsVersion = new("version-required", 428, "If-Match is missing", "If-Match fehlt");
    private static readonly ProblemType Taken = new("name-taken", 409, "The name is taken", "Der Name ist vergeben");
    private static readonly ProblemType Withdrawn = new("template-deprecated", 409, "The template is withdrawn", "Die Vorlage ist zurückgezogen");
    private static readonly ProblemType Full = new("template-limit", 409, "There are as many templates as there may be", "Die Höchstzahl an Vorlagen ist erreicht");

    public static ProblemResult NotFound => new(ProblemType.NotFound, "No template with this id is visible to you.", "id",
        "Keine Vorlage mit dieser Kennung ist für Sie sichtbar.");

    public static ProblemResult NoSuchVersion => new(ProblemType.NotFound, "The template has no such version.", "version",
        "Die Vorlage hat keine solche Fassung.");

    public static ProblemResult StaleVersion(int current) => new(Stale, $"The current version is {current}; read it and apply your change to it.", "If-Match",
        $"Aktuell ist Fassung {current}; bitte diese laden und die Änderung darauf anwenden.");

    public static ProblemResult VersionRequired => new(NeedsVersion, "Send the ETag of the version you changed as If-Match.", "If-Match",
        "Bitte den ETag der geänderten Fassung als If-Match senden.");

    public static ProblemResult NameTaken => new(Taken, "Another template in this scope has this name.", "name",
        "Eine andere Vorlage in diesem Bereich heißt so.");

    public static ProblemResult Deprecated => new(Withdrawn, "It can be read but neither changed nor used.", "id",
        "Sie ist lesbar, kann aber weder geändert noch verwendet werden.");

    public static ProblemResult MayNotEdit => new(ProblemType.Forbidden, "The tenant's templates are changed by prompt-editor; the platform's by nobody.", "scope",
        "Vorlagen des Mandanten ändert die Rolle prompt-editor, die der Plattform niemand.");

    public static ProblemResult LimitReached(int limit) => new(Full, $"The limit is {limit}.", "scope", $"Die Höchstzahl ist {limit}.");
}
