namespace LLMoin.Inference.Generation;

/// <summary>
/// Who yields its slot, so that a tenant's first request need not wait for answers of those who hold more than their share. It is put
/// aside as it is and goes on later; the engine has its prefix cached.
/// </summary>
internal static class Preemption
{
    private const int MostYields = 3;

    /// <summary>Once put aside, a request runs for at least this long before it yields again.</summary>
    private static readonly TimeSpan Quantum = TimeSpan.FromSeconds(5);

    /// <summary>
    /// For the interactive request whose turn is next and that has not run yet, of a tenant with nothing interactive running: the newest
    /// batch request, else the newest request of the tenant with the largest counter among those who hold more than their fair share of
    /// slots (slots · weight / weights of all active tenants) and were not served less.
    /// </summary>
    /// <param name="next">Whose turn it is.</param>
    /// <param name="running">All that hold a slot.</param>
    /// <param name="slots">Slots there are.</param>
    /// <param name="weights">Sum of the weights of the tenants that run or wait.</param>
    /// <param name="now">The clock, as for <see cref="Run.BegunAt"/>.</param>
    /// <returns>Null where nobody has to yield.</returns>
    public static Run? Victim(Run next, IReadOnlyCollection<Run> running, int slots, double weights, DateTimeOffset now)
    {
        if (next.IsBatch || next.HasRun || next.Tenant.RunningInteractive > 0)
            return null;
        return running
            .Where(run => MayYield(run, now) && (run.IsBatch || (HoldsTooMuch(run.Tenant) && run.Tenant.Counter >= next.Tenant.Counter)))
            .OrderByDescending(run => run.IsBatch)
            .ThenByDescending(run => run.Tenant.Counter)
            .ThenByDescending(run => run.BegunAt)
            .FirstOrDefault();

        bool HoldsTooMuch(TenantLine tenant) => tenant.Running - tenant.Yielding > slots * tenant.Weight / weights;
    }

    private static bool MayYield(Run run, DateTimeOffset now)
        => !run.IsYielding && (run.Yields == 0 || (run.Yields < MostYields && now - run.BegunAt >= Quantum));
}
