using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Chat.Assistants;

/// <summary>Why something about an assistant is refused.</summary>
internal static class AssistantProblems
{
    private static readonly ProblemType Full = new("assistant-limit", 409, "There are as many assistants as there may be", "Die Höchstzahl an Assistenten ist erreicht");

    public static ProblemResult NotThere(string field = "id") => new(
        ProblemType.NotFound, "No assistant with this id is there for you.", field, "Kein Assistent mit dieser Kennung ist für Sie da.");

    public static ProblemResult StaleVersion => new(
        ProblemType.StaleVersion, "Read the current version and apply your change to it.", "If-Match", "Bitte die aktuelle Fassung laden und die Änderung darauf anwenden.");

    public static ProblemResult VersionRequired => new(
        ProblemType.VersionRequired, "Send the ETag of the version you changed as If-Match.", "If-Match", "Bitte den ETag der geänderten Fassung als If-Match senden.");

    public static ProblemResult MayNotShare => new(
        ProblemType.Forbidden, "With the tenant share prompt-editor and tenant-admin, with a department its own people and tenant-admin; only the owner makes an assistant private.", "audience",
        "Für den Mandanten geben prompt-editor und tenant-admin frei, für eine Abteilung deren Angehörige und tenant-admin; privat macht einen Assistenten nur, wem er gehört.");

    public static ProblemResult MayNotChange => new(
        ProblemType.Forbidden, "The tenant's assistants are changed by prompt-editor and tenant-admin, a department's by the owner and tenant-admin.", null,
        "Assistenten des Mandanten ändern prompt-editor und tenant-admin, die einer Abteilung die Person, der sie gehören, und tenant-admin.");

    public static ProblemResult LimitReached(int limit) => new(Full, $"The limit is {limit} for a person.", null, $"Die Höchstzahl ist {limit} je Person.");
}
