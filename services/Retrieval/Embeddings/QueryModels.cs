using LLMoin.Contracts.Inference;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Embeddings;

/// <summary>What models do while a search waits: the question's vector, and the order of its first passages. Both may fail, and search goes on.</summary>
internal sealed partial class QueryModels(
    ModelCalls calls, ServedModels served, TenantDatabase database, OutboxSignal outbox, IOptions<EmbeddingOptions> options, TimeProvider clock, ILogger<QueryModels> logger)
{
    /// <summary>After a time-out searches do not wait again for so long.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly EmbeddingOptions _options = options.Value;
    private DateTimeOffset _pausedUntil;

    public bool Embeds => _options.Model is not null;

    public bool Reranks => _options.RerankModel is not null;

    /// <summary>The question's vector, or why there is none.</summary>
    public async Task<QueryVector> EmbedAsync(Caller caller, string query, CancellationToken cancellation)
    {
        if (_options.Model is not { } model)
            return new QueryVector(null, QueryVector.NoModel);
        var (result, reason) = await AskAsync(caller, model, null, [_options.QueryPrefix + query], cancellation);
        return new QueryVector(result is null ? null : [.. result.Vectors[0]], reason);
    }

    /// <summary>A score for each text, larger is better; null where the reranker does not answer.</summary>
    public async Task<IReadOnlyList<float>?> RerankAsync(Caller caller, string query, IReadOnlyList<string> texts, CancellationToken cancellation)
        => (await AskAsync(caller, _options.RerankModel!, query, texts, cancellation)).Result?.Scores;

    private async Task<(EmbeddingResult? Result, string? Reason)> AskAsync(
        Caller caller, string model, string? query, IReadOnlyList<string> inputs, CancellationToken cancellation)
    {
        if (!served.Serve(model))
            return (null, ModelCallException.NotServed);
        if (clock.GetUtcNow() < _pausedUntil)
            return (null, ModelCallException.TimedOut);
        try
        {
            var work = new EmbeddingRequest { RequestId = Guid.CreateVersion7(), Tenant = caller.Tenant, Model = model, Inputs = inputs, Query = query };
            var result = await calls.AskAsync(work, _options.QueryTimeout, cancellation);
            await RecordAsync(caller, work, result);
            return (result, null);
        }
        catch (ModelCallException failure)
        {
            if (failure.Reason == ModelCallException.TimedOut)
                _pausedUntil = clock.GetUtcNow() + Pause;
            LogWithout(model, failure.Reason);
            return (null, failure.Reason);
        }
    }

    /// <summary>Billed though the search may be given up meanwhile: the model has worked.</summary>
    private async Task RecordAsync(Caller caller, EmbeddingRequest work, EmbeddingResult result)
    {
        var used = new ModelWork(caller.Tenant, caller.UserId, caller.FirstDepartment, ModelWork.Search).Used(work, result, served.PriceClassOf(work.Model));
        await using var transaction = await database.BeginAsync(caller, CancellationToken.None);
        await transaction.PublishAsync(used.UsageId, used, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Committed();
    }

    [LoggerMessage(LogLevel.Warning, "A search goes on without {Model}: {Reason}")]
    private partial void LogWithout(string model, string reason);
}

/// <param name="Vector">Null where there is none.</param>
/// <param name="Reason">Why not.</param>
internal readonly record struct QueryVector(float[]? Vector, string? Reason)
{
    public const string NoModel = "no-embedding-model";
}
