namespace LLMoin.Inference.Structured;

/// <summary>The texts between which a family of models reasons before it answers.</summary>
/// <param name="Open">Before the reasoning; the prompt may hold it already.</param>
/// <param name="Close">After it.</param>
internal sealed record ReasoningMarkers(string Open, string Close)
{
    /// <summary>Of DeepSeek-R1, Qwen 3 and most others.</summary>
    public static ReasoningMarkers Think { get; } = new("<think>", "</think>");

    private static readonly ReasoningMarkers[] Known =
    [
        Think,
        new("[THINK]", "[/THINK]"),
        new("<seed:think>", "</seed:think>"),
        new("<|START_THINKING|>", "<|END_THINKING|>"),
    ];

    /// <summary>The markers that a chat template mentions; null where it mentions none.</summary>
    public static ReasoningMarkers? For(string? chatTemplate)
        => Known.FirstOrDefault(markers => chatTemplate?.Contains(markers.Close, StringComparison.Ordinal) == true)
        ?? Known.FirstOrDefault(markers => chatTemplate?.Contains(markers.Open, StringComparison.Ordinal) == true);
}
