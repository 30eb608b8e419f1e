namespace LLMoin.Contracts.Prompts;

[Message("prompts", "prompt-saved.v1")]
public sealed record PromptSaved
{
    public required Guid PromptId { get; init; }

    public required string Tenant { get; init; }

    public required int Version { get; init; }
}
