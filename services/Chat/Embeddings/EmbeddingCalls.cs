using System.Collections.Concurrent;
using System.Text.Json;
using LLMoin.Chat.Instances;
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

/// <summary>
/// Sends texts to the queue <c>embed.{model}</c>, waits for what the worker makes of them and records it as used, once: by the
/// request's id.
/// </summary>
internal sealed class EmbeddingCalls(BrokerConnection broker, WorkQueue queue, InstanceLease instance, TenantDatabase database, OutboxSignal outbox) : BackgroundService
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<EmbeddingResult>> _pending = [];

    private string ReplyTo => $"embeddings.{instance.InstanceId:n}";

    /// <returns>The result, which is not billed before <see cref="RecordAsync"/>; or why there is none.</returns>
    public async Task<(EmbeddingResult? Result, ProblemResult? Problem)> AskAsync(HttpContext context, EmbeddingRequest work, string field)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(Limit);
        var waiting = _pending[work.RequestId] = new TaskCompletionSource<EmbeddingResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await queue.PublishAsync(Topology.EmbedQueue(work.Model), work, ContractJson.Default.EmbeddingRequest, ReplyTo, limit.Token);
            var result = await waiting.Task.WaitAsync(limit.Token);
            return result.Error is null ? (result, null) : (null, new ProblemResult(ProblemType.InvalidRequest, result.Error, field));
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers.RetryAfter = "5";
            return (null, new ProblemResult(ProblemType.Unavailable, $"No worker has done it within {Limit.TotalSeconds:0} s."));
        }
        finally
        {
            _pending.TryRemove(work.RequestId, out _);
        }
    }

    public async Task RecordAsync(Caller caller, EmbeddingRequest work, EmbeddingResult result)
    {
        await using var transaction = await database.BeginAsync(caller, CancellationToken.None);
        await transaction.PublishAsync(work.RequestId, new UsageRecorded
        {
            UsageId = work.RequestId,
            Tenant = caller.Tenant,
            UserId = caller.UserId,
            ApiKeyId = caller.ApiKeyId,
            Kind = work.Query is null ? UsageKind.Embedding : UsageKind.Rerank,
            Purpose = work.Query is null ? "embedding" : "rerank",
            Model = work.Model,
            PromptTokens = result.PromptTokens,
            CompletionTokens = 0,
            OccurredAt = DateTimeOffset.UtcNow,
        }, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Committed();
    }

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
}
