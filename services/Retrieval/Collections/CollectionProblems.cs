using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Retrieval.Collections;

/// <summary>Why something about a collection is refused.</summary>
internal static class CollectionProblems
{
    private static readonly ProblemType Full = new(
        "collection-limit", 409, "The tenant keeps as many collections as it may", "Der Mandant hat die Höchstzahl an Wissensbeständen erreicht");

    public static ProblemResult NoSuch(string field = "id") => new(
        ProblemType.NotFound, "No collection with this id is visible to you.", field, "Kein Wissensbestand mit dieser Kennung ist für Sie sichtbar.");

    public static ProblemResult NotManaged => new(
        ProblemType.Forbidden, "A collection is managed by the user who owns it, else by a source-manager of its owner or a tenant-admin.", null,
        "Einen Wissensbestand verwaltet, wem er gehört, sonst eine Person mit der Rolle source-manager beim Eigentümer oder mit der Rolle tenant-admin.");

    public static ProblemResult NotAWriter => new(
        ProblemType.Forbidden, "Documents are added to a collection by those who both manage and read it.", "collectionId",
        "Dokumente fügt einem Wissensbestand hinzu, wer ihn verwaltet und lesen darf.");

    public static ProblemResult Name => new(
        ProblemType.InvalidRequest, "A name has 1 to 200 characters and no line breaks.", "name", "Ein Name hat 1 bis 200 Zeichen und keine Zeilenumbrüche.");

    public static ProblemResult Owner => new(
        ProblemType.InvalidRequest, "owner is user:<your own subject>, department:<id> or tenant.", "owner",
        "Eigentümer ist user:<eigene Kennung>, department:<Kennung> oder tenant.");

    public static ProblemResult Readers => new(
        ProblemType.InvalidRequest, "readers are 1 to 100 of tenant, role:<role of staff>, department:<id> and user:<subject>.", "readers",
        "Lesende sind 1 bis 100 Angaben der Form tenant, role:<Rolle>, department:<Kennung> oder user:<Kennung>.");

    public static ProblemResult TooWide => new(
        ProblemType.Forbidden, "Only source-manager and tenant-admin share with the tenant, a role, or a department other than their own.", "readers",
        "Für den ganzen Mandanten, eine Rolle oder eine fremde Abteilung geben nur source-manager und tenant-admin etwas frei.");

    public static ProblemResult LimitReached(int limit) => new(Full, $"The limit is {limit} collections.", null, $"Die Höchstzahl ist {limit}.");
}
