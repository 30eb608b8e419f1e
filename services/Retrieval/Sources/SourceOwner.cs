namespace LLMoin.Retrieval.Sources;

/// <summary>The owner of a mirrored document: the item itself. The same content in two places is two documents, as each has readers of its own.</summary>
internal static class SourceOwner
{
    private const string Prefix = "source:";

    public static string Of(Guid source, string item) => $"{Prefix}{source}/{item}";

    /// <summary>No person's id begins so.</summary>
    public static bool Is(string owner) => owner.StartsWith(Prefix, StringComparison.Ordinal);
}
