using System.ComponentModel.DataAnnotations;

namespace LLMoin.Prompts;

/// <summary>Section <c>Prompts</c>.</summary>
internal sealed class PromptsOptions
{
    /// <summary>Most characters a rendered prompt may have.</summary>
    [Range(1_000, 1_000_000)]
    public int MaxRenderedCharacters { get; init; } = 100_000;

    /// <summary>Most template statements one rendering may run.</summary>
    [Range(100, 1_000_000)]
    public int MaxSteps { get; init; } = 10_000;

    /// <summary>Longest a rendering may take.</summary>
    [Range(10, 10_000)]
    public int MaxMilliseconds { get; init; } = 500;

    /// <summary>Most private templates one person keeps, and most a tenant shares.</summary>
    [Range(1, 100_000)]
    public int MaxTemplates { get; init; } = 1_000;
}
