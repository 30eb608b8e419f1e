using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Retrieval.Sources;

/// <summary>Why something about a source is refused.</summary>
internal static class SourceProblems
{
    public static ProblemResult NoSuch => new(
        ProblemType.NotFound, "No source with this id is managed by you.", "id", "Keine Quelle mit dieser Kennung wird von Ihnen verwaltet.");

    public static ProblemResult Kind => new(ProblemType.InvalidRequest, "kind is folder or sharepoint.", "kind", "Die Art ist folder oder sharepoint.");

    public static ProblemResult Collection => new(
        ProblemType.InvalidRequest, "collectionId is the id of a collection.", "collectionId", "collectionId ist die Kennung eines Wissensbestands.");

    /// <summary>The same for what is not there: nobody learns an operator's folders by asking.</summary>
    public static ProblemResult Place => new(
        ProblemType.InvalidRequest, "The operator allows your tenant no such place: an absolute path below one of its folders, or the id of a SharePoint site.", "place",
        "Der Betrieb erlaubt Ihrem Mandanten keinen solchen Ort: ein absoluter Pfad unterhalb eines seiner Ordner oder die Kennung einer SharePoint-Website.");
}
