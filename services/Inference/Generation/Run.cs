using LLMoin.Contracts.Inference;
using LLMoin.Messaging.Streams;

namespace LLMoin.Inference.Generation;

/// <summary>One generation held by this worker, waiting or running.</summary>
internal sealed class Run(GenerationRequest request, Delivery delivery) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    public GenerationRequest Request { get; } = request;

    public Delivery Delivery { get; } = delivery;

    /// <summary>When the reader last heard of it (<see cref="Environment.TickCount64"/>).</summary>
    public long LastFrameAt { get; set; } = Environment.TickCount64;

    public CancellationToken Cancelled => _cancellation.Token;

    public void Cancel()
    {
        try
        {
            _cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself at the same moment.
        }
    }

    public Frame Frame(FrameKind kind) => new() { AnswerId = Request.AnswerId, Attempt = Request.Attempt, Kind = kind };

    public void Dispose() => _cancellation.Dispose();
}
