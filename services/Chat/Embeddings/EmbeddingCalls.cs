using System.Collections.Concurrent;
using System.Text.Json;
using LLMoin.Budgeting;
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

/// <summary>
/// Sends texts to the queue <c>embed.{model}</c>, waits for what the worker makes of them and records it as used, once: by the
/// request's id.
/// </summary>
internal sealed class EmbeddingCalls(BrokerConnection broker, WorkQueue queue, InstanceLease instance, ModelCatalog models, TenantDatabase database, OutboxSignal outbox) : BackgroundService
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
            return (null, new ProblemResult(ProblemType.Unavailable, $"No worker has done it within {Limit.TotalSeconds:0} s.", null,
                $"Kein Inferenzdienst hat es innerhalb von {Limit.TotalSeconds:0} s getan."));
        }
        finally
        {
            _pending.TryRemove(work.RequestId, out _);
        }
    }

    /// <param name="caller">Who asked.</param>
    /// <param name="work">What was asked.</param>
    /// <param name="result">What it used.</param>
    /// <param name="orderedAt">When the request came.</param>
    /// <param name="hold">What budgets held for it.</param>
    public async Task RecordAsync(Caller caller, EmbeddingRequest work, EmbeddingResult result, DateTimeOffset orderedAt, BudgetHold hold)
    {
        var now = DateTimeOffset.UtcNow;
        await using var transaction = await database.BeginAsync(caller, CancellationToken.None);
        var usage = new UsageRecorded
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
            OccurredAt = now,
            Department = caller.FirstDepartment,
            PriceClass = models.PriceClassOf(work.Model),
            DurationMs = Math.Max(0, (long)(now - orderedAt).TotalMilliseconds),
        };
        await transaction.PublishAsync(work.RequestId, usage, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        hold.Settle(new(usage.PromptTokens, usage.CompletionTokens), usage.PriceClass ?? "", usage.OccurredAt);
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
