namespace LLMoin.Contracts.Chat;

/// <summary>An operator wants a worker to load a model. What comes of it stands in the worker's announcements.</summary>
[Message("chat", "model-load-requested.v1")]
public sealed record ModelLoadRequested
{
    public required string WorkerId { get; init; }

    public required string Model { get; init; }
}

/// <summary>An operator wants a worker to give a model up; answers that run on it end first.</summary>
[Message("chat", "model-unload-requested.v1")]
public sealed record ModelUnloadRequested
{
    public required string WorkerId { get; init; }

    public required string Model { get; init; }
}
