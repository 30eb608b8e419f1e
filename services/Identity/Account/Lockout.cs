using System.Security.Cryptography;
using System.Text;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Identity.Account;

/// <summary>
/// Slows guessing down: from the fifth failure in a row on, an account is closed to that address for a time that doubles with each
/// further one. Counted per account and address, so that nobody can lock a colleague out from elsewhere; counted for names that do
/// not exist too, so that the answer tells nothing.
/// </summary>
internal sealed class Lockout(TenantDatabase database, TimeProvider clock)
{
    public static readonly TimeSpan ForgetAfter = TimeSpan.FromHours(24);

    private const int FreeFailures = 4;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    /// <summary>How long the account stays closed after that many failures in a row: 0, 0, 0, 0, 30 s, 1 min, 2 min … 1 h.</summary>
    public static TimeSpan DelayAfter(int failures)
    {
        if (failures <= FreeFailures)
            return TimeSpan.Zero;
        var doublings = Math.Min(failures - FreeFailures - 1, 10);
        var delay = FirstDelay * (1 << doublings);
        return delay < LongestDelay ? delay : LongestDelay;
    }

    /// <summary>
    /// Counts an attempt before the password is looked at, as failed until <see cref="ForgetAsync"/> says otherwise: many attempts at
    /// once get no more tries than one after the other.
    /// </summary>
    /// <returns>How long to wait; null when the attempt may go on.</returns>
    public async Task<TimeSpan?> CountAsync(string userName, string address, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        // The update changes nothing and locks the row.
        var attempts = await transaction.SingleAsync<Attempts>(
            """
            insert into sign_in_attempts as a (key, failures, blocked_until, last_at) values (@key, 0, @now, @now)
            on conflict (key) do update set key = a.key returning failures, blocked_until, last_at
            """, new { key = Key(userName, address), now }, cancellation);
        if (attempts!.BlockedUntil > now)
            return attempts.BlockedUntil - now;

        var failures = attempts.LastAt < now - ForgetAfter ? 1 : attempts.Failures + 1;
        await transaction.ExecuteAsync(
            "update sign_in_attempts set failures = @failures, blocked_until = @until, last_at = @now where key = @key",
            new { failures, until = now + DelayAfter(failures), now, key = Key(userName, address) }, cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    public async Task ForgetAsync(string userName, string address, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        await transaction.ExecuteAsync("delete from sign_in_attempts where key = @key", new { key = Key(userName, address) }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static byte[] Key(string userName, string address) => SHA256.HashData(Encoding.UTF8.GetBytes(userName + '\n' + address));

    private sealed record Attempts
    {
        public required int Failures { get; init; }

        public required DateTime BlockedUntil { get; init; }

        public required DateTime LastAt { get; init; }
    }
}
