using LLMoin.Contracts.Retrieval;
using LLMoin.Retrieval.Documents;
using LLMoin.Retrieval.Reading;
using LLMoin.ServiceDefaults.Database;
using Npgsql;

namespace LLMoin.Retrieval.Ingestion;

/// <summary>
/// While a file is read: notes every half second how far it is, where its owner looks, and stops the reading when nobody waits for it
/// any more, because the document was deleted or another file took its place. Through the database, so that it does not matter
/// which replica reads and which one was told.
/// </summary>
internal sealed class IngestionWatch : IProgress<ReadingProgress>, IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private readonly TenantDatabase _database;
    private readonly IngestDocument _command;
    private readonly byte[] _hash;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _noting;
    private volatile ReadingProgress _progress = new(null, null, null);
    private volatile bool _nobodyWaits;

    /// <param name="database">Where progress is noted.</param>
    /// <param name="command">Whose reading it is.</param>
    /// <param name="hash">Of the file that is read.</param>
    /// <param name="cancellation">Stops the reading too.</param>
    public IngestionWatch(TenantDatabase database, IngestDocument command, byte[] hash, CancellationToken cancellation)
    {
        (_database, _command, _hash) = (database, command, hash);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _noting = NoteAsync();
    }

    /// <summary>Ends the reading.</summary>
    public CancellationToken Stop => _stop.Token;

    public bool NobodyWaits => _nobodyWaits;

    public void Report(ReadingProgress value) => _progress = value;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _noting;
        _ended.Dispose();
        _stop.Dispose();
    }

    private async Task NoteAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Every);
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                if (await IsAwaitedAsync())
                    continue;
                _nobodyWaits = true;
                await _stop.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The reading has ended.
        }
    }

    private async Task<bool> IsAwaitedAsync()
    {
        try
        {
            await using var transaction = await DocumentScope.BeginAsync(_database, _command.Tenant, _command.UserId, _ended.Token);
            var awaited = await Ingestions.NoteAsync(transaction, _command.DocumentId, _hash, _progress, _ended.Token);
            await transaction.CommitAsync(_ended.Token);
            return awaited;
        }
        catch (NpgsqlException)
        {
            // A database that restarts: the next time tells. What was read meanwhile is not lost.
            return true;
        }
    }
}
