using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Prompts.Templates;

/// <summary>Expected failures of saving and reading templates.</summary>
internal static class TemplateProblems
{
    private static readonly ProblemType Stale = new("stale-version", 409, "The template has a newer version", "Von der Vorlage gibt es eine neuere Fassung");
    private static readonly ProblemType Taken = new("name-taken", 409, "The name is taken", "Der Name ist vergeben");
    private static readonly ProblemType Withdrawn = new("template-deprecated", 409, "The template is withdrawn", "Die Vorlage ist zurückgezogen");
    private static readonly ProblemType Full = new("template-limit", 409, "There are as many templates as there may be", "Die Höchstzahl an Vorlagen ist erreicht");
    private static readonly ProblemType Unapproved = new("approval-required", 403, "A second person has to approve this", "Dies muss eine zweite Person freigeben");

    public static ProblemResult NotFound => new(ProblemType.NotFound, "No template with this id is visible to you.", "id",
        "Keine Vorlage mit dieser Kennung ist für Sie sichtbar.");

    public static ProblemResult NoSuchVersion => new(ProblemType.NotFound, "The template has no such version.", "version",
        "Die Vorlage hat keine solche Fassung.");

    public static ProblemResult StaleVersion(int current) => new(Stale, $"The current version is {current}; read it and apply your change to it.", "If-Match",
        $"Aktuell ist Fassung {current}; bitte diese laden und die Änderung darauf anwenden.");

    public static ProblemResult VersionRequired => new(ProblemType.VersionRequired, "Send the ETag of the version you changed as If-Match.", "If-Match",
        "Bitte den ETag der geänderten Fassung als If-Match senden.");

    public static ProblemResult NameTaken => new(Taken, "Another template in this scope has this name.", "name",
        "Eine andere Vorlage in diesem Bereich heißt so.");

    public static ProblemResult NameIsPublished => new(ProblemType.Conflict, "A published template keeps its name, as nobody has approved another.", "name",
        "Eine veröffentlichte Vorlage behält ihren Namen, denn einen anderen hat niemand freigegeben.");

    public static ProblemResult Deprecated => new(Withdrawn, "It can be read but neither changed nor used.", "id",
        "Sie ist lesbar, kann aber weder geändert noch verwendet werden.");

    public static ProblemResult MayNotEdit => new(ProblemType.Forbidden,
        "A template is changed by its owner and, once it is shared, by prompt-editor of its tenant; its scope by its owner; the platform's by nobody.", "scope",
        "Eine Vorlage ändern ihre Eigentümerin und, wenn sie geteilt ist, die Rolle prompt-editor des Mandanten; den Bereich die Eigentümerin; die der Plattform niemand.");

    public static ProblemResult NotInDepartment => new(ProblemType.Forbidden, "You do not work in this department.", "scope", "Sie arbeiten nicht in dieser Abteilung.");

    public static ProblemResult NeedsSubmission => new(Unapproved, "Save it as private or for your department, then submit it for this scope.", "scope",
        "Bitte privat oder für die eigene Abteilung speichern und dann für diesen Bereich einreichen.");

    public static ProblemResult LimitReached(int limit) => new(Full, $"The limit is {limit}.", "scope", $"Die Höchstzahl ist {limit}.");
}
