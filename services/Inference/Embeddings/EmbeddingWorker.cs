using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Engines;
using LLMoin.Inference.Models;
using LLMoin.Messaging;
using LLMoin.Messaging.Broker;
using LLMoin.Messaging.Streams;

namespace LLMoin.Inference.Embeddings;

/// <summary>
/// Embeds and reranks texts from <c>embed.{model}</c>, several requests at once. This has no state, so that a redelivered request is
/// simply done again.
/// </summary>
internal sealed partial class EmbeddingWorker(BrokerConnection broker, IEngine engine, ILogger<EmbeddingWorker> logger) : BackgroundService
{
    /// <summary>Requests worked on at once, for each model.</summary>
    private const ushort InFlight = 8;

    private ReplySender _replies = null!;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _replies = await ReplySender.StartAsync(broker, static _ => { }, stoppingToken);
        var queues = new ModelQueues(broker, Topology.EmbedQueue, InFlight, delivery => TakeAsync(delivery, stoppingToken), static () => { });
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do
        {
            await queues.TakeFromAsync(
                [.. engine.Models.Where(model => model.Kind is ModelKind.Embedding or ModelKind.Rerank).Select(model => model.Id)], stoppingToken);
        }
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TakeAsync(Delivery delivery, CancellationToken cancellation)
    {
        EmbeddingRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(delivery.Body.Span, ContractJson.Default.EmbeddingRequest);
        }
        catch (JsonException)
        {
            request = null;
        }
        if (request is null)
            await delivery.RejectAsync();
        else
            // The next delivery comes only when this method has returned.
            _ = WorkAsync(request, delivery, cancellation);
    }

    private async Task WorkAsync(EmbeddingRequest request, Delivery delivery, CancellationToken cancellation)
    {
        EmbeddingResult result;
        try
        {
            // Off the thread that takes deliveries, should the engine compute on its caller's.
            result = await Task.Run(() => ComputeAsync(request, cancellation), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // This worker ends; the broker gives the request to another.
            return;
        }
        catch (EngineException refusal)
        {
            result = new EmbeddingResult { RequestId = request.RequestId, Error = refusal.Message };
        }
        catch (Exception exception)
        {
            LogFailed(exception, request.RequestId);
            result = new EmbeddingResult { RequestId = request.RequestId, Error = "The engine failed." };
        }
        await _replies.SendAsync(delivery.ReplyTo, result, ContractJson.Default.EmbeddingResult);
        await delivery.CompleteAsync();
    }

    private async Task<EmbeddingResult> ComputeAsync(EmbeddingRequest request, CancellationToken cancellation)
    {
        var tokens = request.Inputs.Sum(input => engine.CountTokens(request.Model, input));
        if (request.Query is not { } query)
            return new EmbeddingResult
            {
                RequestId = request.RequestId,
                Vectors = await engine.EmbedAsync(request.Model, request.Inputs, cancellation),
                PromptTokens = tokens,
            };
        return new EmbeddingResult
        {
            RequestId = request.RequestId,
            Scores = await engine.RerankAsync(request.Model, query, request.Inputs, cancellation),
            // The query is read again with each text.
            PromptTokens = tokens + request.Inputs.Count * engine.CountTokens(request.Model, query),
        };
    }

    [LoggerMessage(LogLevel.Error, "Embedding {RequestId} failed in the engine")]
    private partial void LogFailed(Exception exception, Guid requestId);
}
