using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval.Documents;
using LLMoin.Retrieval.Sources.Mirroring;
using LLMoin.ServiceDefaults.Database;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Sources;

/// <summary>Synchronises a source whose turn it is, and notes how that went.</summary>
internal sealed partial class SourceSync(
    TenantDatabase database, SourceSchedule schedule, IEnumerable<ISourceConnector> connectors, OutboxSignal outbox, TimeProvider clock,
    IOptions<RetrievalOptions> limits, IOptions<SourceOptions> options, ILogger<SourceSync> logger)
{
    /// <returns>The source with its connector; null where it is not here, or not this replica's turn.</returns>
    public async Task<(Source Source, ISourceConnector Connector)?> RunAsync(Turn turn, CancellationToken cancellation)
    {
        await using var held = await schedule.TakeAsync(turn, options.Value.Interval, cancellation);
        if (held is null || await FindAsync(turn, cancellation) is not { } source)
            return null;
        var connector = connectors.Single(connector => connector.Kind == source.Kind);
        await NoteAsync(source, Source.Syncing, null, cancellation);
        try
        {
            if (!connector.IsAllowed(source.Tenant, source.Place))
                throw new SourceException(SourceReason.NotAllowed);
            await Run(source, connector).RunAsync(cancellation);
            await NoteAsync(source, Source.Synced, null, cancellation);
            LogSynced(source.Id);
        }
        catch (SourceGoneException)
        {
            return null;
        }
        catch (SourceException failure)
        {
            LogFailed(failure.InnerException, source.Id, failure.Reason.Code);
            await NoteAsync(source, Source.Failed, failure.Reason, cancellation);
            if (failure.RetryAfter is { } wait && wait > options.Value.Interval)
                await schedule.PlanAsync(source.Id, wait, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            LogBroken(failure, source.Id);
            await NoteAsync(source, Source.Failed, SourceReason.Unexpected, cancellation);
        }

        return (source, connector);
    }

    private SyncRun Run(Source source, ISourceConnector connector)
    {
        var scope = new SourceScope(database, source);
        var items = new ItemStore(scope, clock);
        var documents = new DocumentMirror(scope, items, outbox, clock);
        var refresh = new ReaderRefresh(scope, connector, items, options.Value, clock);
        return new SyncRun(scope, connector, items, documents, refresh, limits.Value, options.Value);
    }

    private async Task<Source?> FindAsync(Turn turn, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(turn.Tenant, "", cancellation);
        await DocumentScope.WidenAsync(transaction, cancellation);
        return await transaction.SingleAsync<Source>($"select {Source.Columns} from sources where id = @SourceId", new { turn.SourceId }, cancellation);
    }

    private async Task NoteAsync(Source source, string state, SourceReason? reason, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(source.Tenant, "", cancellation);
        await DocumentScope.WidenAsync(transaction, cancellation);
        await transaction.ExecuteAsync(
            "update sources set state = @state, reason = @Code, synced_at = case when @state = 'synced' then @now else synced_at end where id = @Id",
            new { state, reason?.Code, now = clock.GetUtcNow().UtcDateTime, source.Id }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Information, "Source {SourceId} is in step")]
    private partial void LogSynced(Guid sourceId);

    [LoggerMessage(LogLevel.Warning, "Source {SourceId} cannot be synchronised: {Reason}")]
    private partial void LogFailed(Exception? cause, Guid sourceId, string reason);

    [LoggerMessage(LogLevel.Error, "Synchronising source {SourceId} failed on our side")]
    private partial void LogBroken(Exception exception, Guid sourceId);
}
