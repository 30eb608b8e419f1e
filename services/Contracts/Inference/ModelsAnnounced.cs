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

    /// <summary>What it computes on, e.g. <c>CPU, 8 threads</c> or a GPU's name.</summary>
    public string? Device { get; init; }

    /// <summary>Completion tokens per second over all answers, smoothed over some seconds.</summary>
    public double? TokensPerSecond { get; init; }

    /// <summary>Bytes that models and their caches take.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Bytes that they may take.</summary>
    public long? MemoryBudgetBytes { get; init; }

    /// <summary>Models that are not served: on their way, or failed and why.</summary>
    public IReadOnlyList<ModelLoading>? Loading { get; init; }
}

/// <param name="Model">The model's id.</param>
/// <param name="State">How far it is.</param>
/// <param name="Reason">Why it failed, for the operator.</param>
public sealed record ModelLoading(string Model, ModelLoadingState State, string? Reason = null);

public enum ModelLoadingState
{
    Loading,
    Failed,
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
