namespace LLMoin.Inference.Generation;

/// <summary>
/// Requests that wait for a slot. The next to start is the first of the tenant with the smallest counter, interactive before batch;
/// within a tenant the order is that of arrival. Of two tenants that always have something waiting, neither gets ahead of the other by
/// more than 2·max(w_p·L, w_q·M) ÷ its weight, where L is the longest prompt and M the completion tokens that all slots together can still
/// be charged with (the bound of <see cref="TenantCounters"/>' paper; a request that yielded is not charged for its prompt again). Not
/// thread-safe.
/// </summary>
internal sealed class FairLine(IReadOnlyDictionary<string, double> weights)
{
    private readonly TenantCounters _tenants = new(weights);
    private long _arrivals;

    public int Count { get; private set; }

    public IReadOnlyCollection<TenantLine> Tenants => _tenants.All;

    /// <summary>At the end of its tenant's requests.</summary>
    public void Join(Run run)
    {
        var tenant = _tenants.Of(run.Request.Tenant);
        if (tenant.Waiting(run.IsBatch).Count == 0)
            _tenants.Lift(tenant, run.IsBatch);
        run.Tenant = tenant;
        run.Arrival = ++_arrivals;
        run.Place = tenant.Waiting(run.IsBatch).AddLast(run);
        Count++;
    }

    /// <summary>At their front, after it yielded its slot: it only continues, so that its tenant is not lifted.</summary>
    public void Return(Run run)
    {
        run.Place = run.Tenant.Waiting(run.IsBatch).AddFirst(run);
        Count++;
    }

    /// <returns>False when it was not waiting.</returns>
    public bool Remove(Run run)
    {
        if (run.Place is not { } place)
            return false;
        place.List!.Remove(place);
        run.Place = null;
        Count--;
        return true;
    }

    /// <summary>Takes out whose turn it is, and charges its tenant for the prompt: at once, or one tenant would get all slots that are free.</summary>
    public Run? Take()
    {
        if (Order().FirstOrDefault() is not { } next)
            return null;
        Remove(next);
        _tenants.Admitted(next.Tenant);
        next.Tenant.Charge(next.PromptCharge());
        return next;
    }

    /// <summary>
    /// All in the order in which they would start if nothing more came and those who run were not charged meanwhile, which is the best
    /// guess.
    /// </summary>
    public IEnumerable<Run> Order() => Order(batch: false).Concat(Order(batch: true));

    private IEnumerable<Run> Order(bool batch)
    {
        var turns = new PriorityQueue<(LinkedListNode<Run> Run, double Counter, int Running), (double, int, bool, long)>();
        foreach (var tenant in _tenants.All)
            if (tenant.Waiting(batch).First is { } first)
                Add(first, tenant.Counter, tenant.Running);
        while (turns.TryDequeue(out var turn, out _))
        {
            var run = turn.Run.Value;
            var next = turn.Run.Next;
            yield return run;
            if (next is not null)
                Add(next, turn.Counter + run.ExpectedPromptCharge / run.Tenant.Weight, turn.Running + 1);
        }

        // Among equals, who has the fewest slots, then for whom somebody may just have yielded before who did, then who came first.
        void Add(LinkedListNode<Run> run, double counter, int running) => turns.Enqueue((run, counter, running), (counter, running, run.Value.HasRun, run.Value.Arrival));
    }
}
