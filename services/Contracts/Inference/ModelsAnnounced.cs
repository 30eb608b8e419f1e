namespace LLMoin.Contracts.Inference;

/// <summary>A worker says every second that it lives, what it serves and how busy it is.</summary>
[Message("inference", "models-announced.v1")]
public sealed record ModelsAnnounced
{
    public required string WorkerId { get; init; }

    public required IReadOnlyList<ServedModel> Models { get; init; }

    /// <summary>Generations that can run at once.</summary>
    public required int Slots { get; init; }

    public required int Running { get; init; }

    public required int Waiting { get; init; }

    /// <summary>True in a worker's last announcement.</summary>
    public bool Leaving { get; init; }
}

/// <param name="Id">As <c>/v1/models</c> names it.</param>
/// <param name="Kind">What it can do.</param>
/// <param name="OwnedBy">Who made it, e.g. <c>llmoin</c>.</param>
/// <param name="ContextTokens">Most tokens of prompt and answer together.</param>
public sealed record ServedModel(string Id, ModelKind Kind, string OwnedBy, int ContextTokens)
{
    /// <summary>It can be held to JSON and to a schema.</summary>
    public bool Json { get; init; }

    /// <summary>It can call tools.</summary>
    public bool Tools { get; init; }

    /// <summary>What its tokens cost, e.g. <c>small</c>; billing's tariffs name these.</summary>
    public string? PriceClass { get; init; }
}

public enum ModelKind
{
    Chat,
    Embedding,

    /// <summary>Scores texts against a query; its work travels on <c>embed.{model}</c> too.</summary>
    Rerank,
}
