using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Engines;
using LLMoin.Messaging;
using LLMoin.Messaging.Broker;
using LLMoin.Messaging.Streams;

namespace LLMoin.Inference.Embeddings;

/// <summary>Embeds texts from <c>embed.{model}</c>. Embedding has no state, so a redelivered request is simply done again.</summary>
internal sealed partial class EmbeddingWorker(BrokerConnection broker, IEngine engine, ILogger<EmbeddingWorker> logger) : BackgroundService
{
    private const ushort InFlight = 8;

    private ReplySender _replies = null!;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var models = engine.Models.Where(model => model.Kind == ModelKind.Embedding).ToList();
        if (models.Count == 0)
            return;
        _replies = await ReplySender.StartAsync(broker, static _ => { }, stoppingToken);
        foreach (var model in models)
            await WorkConsumer.StartAsync(broker, Topology.EmbedQueue(model.Id), InFlight, delivery => EmbedAsync(delivery, stoppingToken), static () => { }, stoppingToken);
    }

    private async Task EmbedAsync(Delivery delivery, CancellationToken cancellation)
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
        {
            await delivery.RejectAsync();
            return;
        }

        EmbeddingResult result;
        try
        {
            result = new EmbeddingResult
            {
                RequestId = request.RequestId,
                Vectors = await engine.EmbedAsync(request.Model, request.Inputs, cancellation),
                PromptTokens = request.Inputs.Sum(input => engine.CountTokens(request.Model, input)),
            };
        }
        catch (EngineException refusal)
        {
            result = new EmbeddingResult { RequestId = request.RequestId, Error = refusal.Message };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, request.RequestId);
            result = new EmbeddingResult { RequestId = request.RequestId, Error = "The engine failed." };
        }
        await _replies.SendAsync(delivery.ReplyTo, result, ContractJson.Default.EmbeddingResult);
        await delivery.CompleteAsync();
    }

    [LoggerMessage(LogLevel.Error, "Embedding {RequestId} failed in the engine")]
    private partial void LogFailed(Exception exception, Guid requestId);
}
