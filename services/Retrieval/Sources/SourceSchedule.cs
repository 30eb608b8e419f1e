using LLMoin.ServiceDefaults.Database;
using Npgsql;

namespace LLMoin.Retrieval.Sources;

/// <summary>
/// Whose turn it is, among all replicas. A running synchronisation holds an advisory lock on a connection of its own: when its process
/// dies, the database frees the lock and another replica goes on from the saved cursor.
/// </summary>
internal sealed class SourceSchedule(TenantDatabase database, NpgsqlDataSource connections, TimeProvider clock)
{
    private const int AtOnce = 100;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<IReadOnlyList<Turn>> DueAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        return await transaction.QueryAsync<Turn>(
            "select source_id, tenant from source_schedule where due_at <= @Now order by due_at limit @AtOnce", new { Now, AtOnce }, cancellation);
    }

    /// <summary>Makes it due at once, or later where <paramref name="wait"/> says so.</summary>
    /// <returns>False where it is no longer there.</returns>
    public async Task<bool> PlanAsync(Guid source, TimeSpan? wait, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        var planned = await transaction.ExecuteAsync(
            "update source_schedule set due_at = @due where source_id = @source", new { source, due = Now + (wait ?? TimeSpan.Zero) }, cancellation);
        await transaction.CommitAsync(cancellation);
        return planned == 1;
    }

    /// <summary>
    /// Takes the turn, and sets the next one: what makes the source due again while this one is under way is not lost. Null where another
    /// replica has it or has just had it.
    /// </summary>
    public async Task<IAsyncDisposable?> TakeAsync(Turn turn, TimeSpan interval, CancellationToken cancellation)
    {
        var connection = await connections.OpenConnectionAsync(cancellation);
        try
        {
            await using var command = new NpgsqlCommand("select pg_try_advisory_lock(hashtextextended('source ' || $1, 0))", connection)
            {
                Parameters = { new() { Value = turn.SourceId.ToString() } },
            };
            if (await command.ExecuteScalarAsync(cancellation) is true)
            {
                var held = new Held(connection, turn.SourceId);
                if (await MoveOnAsync(turn, interval, cancellation))
                    return held;
                await held.DisposeAsync();
                return null;
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    private async Task<bool> MoveOnAsync(Turn turn, TimeSpan interval, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        var moved = await transaction.ExecuteAsync(
            "update source_schedule set due_at = @next where source_id = @SourceId and due_at <= @Now", new { turn.SourceId, Now, next = Now + interval }, cancellation);
        await transaction.CommitAsync(cancellation);
        return moved == 1;
    }

    private sealed class Held(NpgsqlConnection connection, Guid source) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            // The connection goes back to the pool, where its lock would live on.
            await using (connection)
            {
                await using var command = new NpgsqlCommand("select pg_advisory_unlock(hashtextextended('source ' || $1, 0))", connection)
                {
                    Parameters = { new() { Value = source.ToString() } },
                };
                try
                {
                    await command.ExecuteScalarAsync();
                }
                catch (NpgsqlException)
                {
                    // Without its connection there is no lock either.
                }
            }
        }
    }
}

internal sealed record Turn(Guid SourceId, string Tenant);
