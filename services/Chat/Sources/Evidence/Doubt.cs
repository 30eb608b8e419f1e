using System.Text.Json.Serialization;

namespace LLMoin.Chat.Sources.Evidence;

[JsonConverter(typeof(JsonStringEnumConverter<DoubtKind>))]
internal enum DoubtKind
{
    /// <summary>It cites a number that belongs to no passage.</summary>
    [JsonStringEnumMemberName("no-such-source")]
    NoSuchSource,

    /// <summary>The passages that it cites do not say it.</summary>
    [JsonStringEnumMemberName("not-in-source")]
    NotInSource,

    /// <summary>It cites nothing, and has a figure or a reference that stands in no passage and not in the question.</summary>
    [JsonStringEnumMemberName("without-source")]
    WithoutSource,
}

/// <summary>A statement of an answer that its passages do not bear out, for a person to check.</summary>
/// <param name="Start">First UTF-16 code unit of the statement in the answer.</param>
/// <param name="End">The one behind its last.</param>
/// <param name="Kind">What is wrong with it.</param>
/// <param name="Missing">Its figures, references and file numbers that were not found, as they are written; often none where too few of its words were.</param>
internal sealed record Doubt(int Start, int End, DoubtKind Kind, IReadOnlyList<string> Missing);
