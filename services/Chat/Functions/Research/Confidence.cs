using LLMoin.Chat.Functions.Citing;
using LLMoin.Chat.Sources.Evidence;

namespace LLMoin.Chat.Functions.Research;

/// <summary>
/// How far the report can be relied on, by what can be counted: parts of the question that were found, and statements that their passages bear
/// out. No probability, and no judgement by the model about itself.
/// </summary>
internal static class Confidence
{
    /// <returns>
    /// <c>high</c> where every part was found and no statement is doubted; <c>low</c> where half or more of the parts were not found, or more than a
    /// quarter of the statements are doubted; else <c>medium</c>.
    /// </returns>
    public static string Of(IReadOnlyList<Finding> findings, CitedText text)
    {
        var found = findings.Count(finding => finding.IsFound);
        var statements = Math.Max(1, Claim.In(text.Text).Count);
        if (found == findings.Count && text.Doubts.Count == 0)
            return "high";
        return 2 * found <= findings.Count || 4 * text.Doubts.Count > statements ? "low" : "medium";
    }
}
