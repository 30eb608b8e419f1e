using System.Collections.Concurrent;
using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Contracts.Inference;
using LLMoin.Messaging;
using LLMoin.Messaging.Broker;
using LLMoin.Messaging.Streams;

namespace LLMoin.Retrieval.Embeddings;

/// <summary>Sends texts to the work queue <c>embed.{model}</c> and waits for what a worker makes of them.</summary>
internal sealed class ModelCalls(BrokerConnection broker, WorkQueue queue) : BackgroundService
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<EmbeddingResult>> _pending = [];
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _replyTo = $"retrieval.{Guid.CreateVersion7():n}";

    /// <returns>A vector of unit length per input; with a query a score per input.</returns>
    /// <exception cref="ModelCallException">No worker did it within the limit, or one refused.</exception>
    public async Task<EmbeddingResult> AskAsync(EmbeddingRequest work, TimeSpan limit, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(limit);
        var waiting = _pending[work.RequestId] = new TaskCompletionSource<EmbeddingResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            // The broker drops an answer whose queue is not there yet.
            await _listening.Task.WaitAsync(time.Token);
            await queue.PublishAsync(Topology.EmbedQueue(work.Model), work, ContractJson.Default.EmbeddingRequest, _replyTo, time.Token);
            var result = await waiting.Task.WaitAsync(time.Token);
            return result.Error is null && Answers(work, result) ? result : throw new ModelCallException(ModelCallException.Refused);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ModelCallException(ModelCallException.TimedOut);
        }
        finally
        {
            _pending.TryRemove(work.RequestId, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var replies = await ReplyQueue.StartAsync(broker, _replyTo, Receive, stoppingToken);
        _listening.SetResult();
        await Task.Delay(Timeout.Infinite, stoppingToken);
    }

    /// <summary>One vector with a direction, or one score, for each input; anything else must not come into an index.</summary>
    private static bool Answers(EmbeddingRequest work, EmbeddingResult result) => work.Query is null
        ? result.Vectors.Count == work.Inputs.Count && result.Vectors.All(vector => float.IsNormal(vector.Sum(component => component * component)))
        : result.Scores.Count == work.Inputs.Count && result.Scores.All(float.IsFinite);

    private void Receive(ReadOnlyMemory<byte> body)
    {
        if (JsonSerializer.Deserialize(body.Span, ContractJson.Default.EmbeddingResult) is { } result && _pending.TryRemove(result.RequestId, out var waiting))
            waiting.TrySetResult(result);
    }
}

/// <param name="reason">One of the codes below, as the search's response names it.</param>
internal sealed class ModelCallException(string reason) : Exception($"The model gave no answer: {reason}.")
{
    public const string NotServed = "model-not-served";
    public const string TimedOut = "model-timed-out";
    public const string Refused = "model-failed";

    public string Reason { get; } = reason;
}
