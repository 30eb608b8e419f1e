namespace LLMoin.Billing.Ledger;

/// <summary>
/// How often those look who follow the chains to keep sums. Each second; but after a long round they rest nine times as long as it took, so
/// that in a rush booking gets the processors and the sums come afterwards.
/// </summary>
internal static class FollowerPace
{
    private const int RestPerWork = 9;
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    /// <summary>How far sums may lie behind what is booked, beside the time that it takes to add it.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(30);

    /// <summary>Repeats the round until it is cancelled; the round itself handles its faults.</summary>
    public static async Task FollowAsync(Func<Task> round, TimeProvider clock, CancellationToken cancellation)
    {
        var rest = Least;
        while (true)
        {
            await Task.Delay(rest, clock, cancellation);
            var start = clock.GetTimestamp();
            await round();
            rest = RestAfter(clock.GetElapsedTime(start));
        }
    }

    /// <summary>Between <see cref="Least"/> and <see cref="Most"/>.</summary>
    public static TimeSpan RestAfter(TimeSpan round) => TimeSpan.FromTicks(Math.Clamp(round.Ticks * RestPerWork, Least.Ticks, Most.Ticks));
}
