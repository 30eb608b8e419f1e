using Microsoft.Extensions.Options;

namespace LLMoin.Inference.Generation;

/// <summary>What a change entails: who begins to run, and who is to give its slot up; the caller has to see to both.</summary>
internal readonly record struct Moves(Run? Begins, Run? Yields);

/// <summary>
/// Who runs and who waits: a fixed number of slots, given in the order of <see cref="FairLine"/>, taken back as <see cref="Preemption"/>
/// says.
/// </summary>
internal sealed class Slots(IOptions<InferenceOptions> options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Run> _all = [];
    private readonly HashSet<Run> _running = [];
    private readonly FairLine _line = new(options.Value.TenantWeights);
    private readonly WaitEstimate _estimate = new();

    public int Total => options.Value.Slots;

    public (int Running, int Waiting) Load
    {
        get
        {
            lock (_lock)
                return (_running.Count, _line.Count);
        }
    }

    /// <summary>
    /// Takes a run in. An older attempt of the same answer is cancelled: its reader has given it up.
    /// </summary>
    public Moves Enter(Run run)
    {
        lock (_lock)
        {
            if (_all.TryGetValue(run.Request.AnswerId, out var older))
                older.Cancel();
            _all[run.Request.AnswerId] = run;
            _line.Join(run);
            return Decide();
        }
    }

    /// <summary>A run that had a slot has ended.</summary>
    public Moves Leave(Run run)
    {
        lock (_lock)
        {
            Forget(run);
            if (!GiveUpSlot(run))
                return default;
            _estimate.Ended(run.Held);
            return Decide();
        }
    }

    /// <summary>A run that was told to has given its slot up; it waits before all others of its tenant.</summary>
    public Moves Yielded(Run run)
    {
        lock (_lock)
        {
            if (!GiveUpSlot(run))
                return default;
            run.Yields++;
            _line.Return(run);
            return Decide();
        }
    }

    /// <summary>Time has passed: perhaps somebody may be told to yield who might not before.</summary>
    public Moves Reconsider()
    {
        lock (_lock)
            return Decide();
    }

    /// <summary>Takes out of the line those that <paramref name="which"/> says, at most so many, last come first.</summary>
    public IReadOnlyList<Run> Withdraw(Func<Run, bool> which, int most = int.MaxValue)
    {
        lock (_lock)
        {
            List<Run> withdrawn = [.. _line.Order().Where(which).OrderByDescending(run => run.Arrival).Take(most)];
            foreach (var run in withdrawn)
            {
                _line.Remove(run);
                Forget(run);
            }
            return withdrawn;
        }
    }

    /// <summary>Tokens were generated for it.</summary>
    public void Charge(Run run, int completionTokens)
    {
        lock (_lock)
            run.Tenant.Charge(completionTokens * TenantCounters.CompletionCost);
    }

    /// <summary>Its prompt is counted now.</summary>
    public void ChargePrompt(Run run, int promptTokens)
    {
        lock (_lock)
            run.Tenant.Charge(run.CorrectPromptCharge(promptTokens));
    }

    /// <summary>Up to this attempt, nobody waits for the answer any more.</summary>
    public Run? Find(Guid answerId, int attempt)
    {
        lock (_lock)
            return _all.TryGetValue(answerId, out var run) && run.Request.Attempt <= attempt ? run : null;
    }

    /// <summary>Those that have a slot.</summary>
    public IReadOnlyList<Run> Running()
    {
        lock (_lock)
            return [.. _running];
    }

    /// <summary>Those that wait, in the order in which they will start, with the seconds until then where that can be told.</summary>
    public IReadOnlyList<(Run Run, int Position, double? Seconds)> Waiting()
    {
        lock (_lock)
            return [.. _line.Order().Select((run, index) => (run, index + 1, _estimate.Seconds(index + 1, Total)))];
    }

    /// <summary>Who yields counts as gone: the engine lets it go before its next step, and takes the other one in at the same moment.</summary>
    private bool HasRoom => _running.Count - _running.Count(run => run.IsYielding) < Total;

    private Moves Decide()
    {
        var yields = WhoYields();
        var begins = HasRoom ? _line.Take() : null;
        if (begins is not null)
        {
            _running.Add(begins);
            begins.Tenant.Running++;
            begins.Tenant.RunningInteractive += begins.IsBatch ? 0 : 1;
            begins.HasRun = true;
            begins.BegunAt = clock.GetUtcNow();
        }
        return new Moves(begins, yields);
    }

    private Run? WhoYields()
    {
        if (_line.Count == 0 || HasRoom)
            return null;
        var next = _line.Order().FirstOrDefault();
        var weights = _line.Tenants.Where(tenant => tenant.IsActive).Sum(tenant => tenant.Weight);
        if (next is null || Preemption.Victim(next, _running, Total, weights, clock.GetUtcNow()) is not { } victim)
            return null;
        victim.IsYielding = true;
        victim.Tenant.Yielding++;
        return victim;
    }

    private bool GiveUpSlot(Run run)
    {
        if (!_running.Remove(run))
            return false;
        run.Tenant.Running--;
        run.Tenant.RunningInteractive -= run.IsBatch ? 0 : 1;
        run.Tenant.Yielding -= run.IsYielding ? 1 : 0;
        run.IsYielding = false;
        run.Held += clock.GetUtcNow() - run.BegunAt;
        return true;
    }

    private void Forget(Run run)
    {
        if (_all.GetValueOrDefault(run.Request.AnswerId) == run)
            _all.Remove(run.Request.AnswerId);
    }
}
