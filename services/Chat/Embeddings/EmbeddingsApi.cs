using System.Collections.Concurrent;
using System.Text.Json;
using LLMoin.Chat.Completions;
using LLMoin.Chat.Instances;
using LLMoin.Chat.Models;
using LLMoin.Contracts;
using LLMoin.Contracts.Chat;
using LLMoin.Contracts.Inference;
using LLMoin.Messaging;
using LLMoin.Messaging.Broker;
using LLMoin.Messaging.Outbox;
using LLMoin.Messaging.Streams;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Chat.Embeddings;

/// <summary><c>POST /v1/embeddings</c> over the model's work queue.</summary>
internal sealed class EmbeddingsApi(
    BrokerConnection broker, WorkQueue queue, ModelCatalog models, InstanceLease instance, TenantDatabase database, OutboxSignal outbox) : BackgroundService
{
    private const int MostInputs = 256;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<EmbeddingResult>> _pending = [];

    private string ReplyTo => $"embeddings.{instance.InstanceId:n}";

    public static void Map(IEndpointRouteBuilder routes)
        => routes.MapPost("/v1/embeddings", (EmbeddingsApi api, HttpContext context, Caller caller) => api.EmbedAsync(context, caller))
            .Accepts<Body>("application/json")
            .WithTags("OpenAI").WithSummary("Embeds one text or several");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var replies = await ReplyQueue.StartAsync(broker, ReplyTo, Receive, stoppingToken);
        await Task.Delay(Timeout.Infinite, stoppingToken);
    }

    private void Receive(ReadOnlyMemory<byte> body)
    {
        if (JsonSerializer.Deserialize(body.Span, ContractJson.Default.EmbeddingResult) is { } result && _pending.TryRemove(result.RequestId, out var waiting))
            waiting.TrySetResult(result);
    }

    private async Task<IResult> EmbedAsync(HttpContext context, Caller caller)
    {
        var request = await context.Request.ReadBodyAsync<Body>(CompletionRequest.Json);
        if (Inputs(request.Input) is not { Count: > 0 and <= MostInputs } inputs || inputs.Any(string.IsNullOrEmpty))
            return new ProblemResult(ProblemType.InvalidRequest, $"A text, or 1 to {MostInputs} texts, none empty.", "input");
        if (models.Find(caller.Tenant, request.Model, ModelKind.Embedding) is null)
            return new ProblemResult(CompletionValidation.ModelNotFound, $"'{request.Model}' is not among your embedding models.", "model");

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(Limit);
        var work = new EmbeddingRequest { RequestId = Guid.CreateVersion7(), Tenant = caller.Tenant, Model = request.Model, Inputs = inputs };
        var waiting = _pending[work.RequestId] = new TaskCompletionSource<EmbeddingResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await queue.PublishAsync(Topology.EmbedQueue(request.Model), work, ContractJson.Default.EmbeddingRequest, ReplyTo, limit.Token);
            var result = await waiting.Task.WaitAsync(limit.Token);
            if (result.Error is not null)
                return new ProblemResult(ProblemType.InvalidRequest, result.Error, "input");
            await RecordAsync(caller, work, result);
            return Results.Json(Answer(request.Model, result), CompletionRequest.Json);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers.RetryAfter = "5";
            return new ProblemResult(ProblemType.Unavailable, "No worker has embedded it in time.");
        }
        finally
        {
            _pending.TryRemove(work.RequestId, out _);
        }
    }

    private async Task RecordAsync(Caller caller, EmbeddingRequest work, EmbeddingResult result)
    {
        await using var transaction = await database.BeginAsync(caller, CancellationToken.None);
        await transaction.PublishAsync(work.RequestId, new UsageRecorded
        {
            UsageId = work.RequestId,
            Tenant = caller.Tenant,
            UserId = caller.UserId,
            ApiKeyId = caller.ApiKeyId,
            Kind = UsageKind.Embedding,
            Purpose = "embedding",
            Model = work.Model,
            PromptTokens = result.PromptTokens,
            CompletionTokens = 0,
            OccurredAt = DateTimeOffset.UtcNow,
        }, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Committed();
    }

    private static IReadOnlyList<string>? Inputs(JsonElement input) => input.ValueKind switch
    {
        JsonValueKind.String => [input.GetString()!],
        JsonValueKind.Array when input.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => [.. input.EnumerateArray().Select(item => item.GetString()!)],
        _ => null,
    };

    private static object Answer(string model, EmbeddingResult result) => new
    {
        Object = "list",
        Model = model,
        Data = result.Vectors.Select((vector, index) => new { Object = "embedding", Index = index, Embedding = vector }),
        Usage = new { result.PromptTokens, TotalTokens = result.PromptTokens },
    };

    /// <param name="Model">Id of an embedding model.</param>
    /// <param name="Input">A string or an array of strings.</param>
    internal sealed record Body(string Model, JsonElement Input);
}
