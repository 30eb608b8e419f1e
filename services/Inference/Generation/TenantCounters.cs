namespace LLMoin.Inference.Generation;

/// <summary>
/// Virtual token counters: what each tenant has been served, by which a worker is shared fairly. Sheng et al. 2024, "Fairness in Serving
/// Large Language Models" (OSDI 24, arXiv:2401.00588), algorithm 2, with weights. A tenant that comes back after a pause is lifted to
/// those who waited meanwhile, so that idleness earns no credit. Not thread-safe.
/// </summary>
internal sealed class TenantCounters(IReadOnlyDictionary<string, double> weights)
{
    /// <summary>A prompt token's cost, and a completion token's, which needs a whole pass of the model (the paper's w_p and w_q).</summary>
    public const double PromptCost = 1, CompletionCost = 2;

    private readonly Dictionary<string, TenantLine> _tenants = new(StringComparer.Ordinal);
    private TenantLine? _lastServed;

    public IReadOnlyCollection<TenantLine> All => _tenants.Values;

    public TenantLine Of(string tenant)
    {
        if (!_tenants.TryGetValue(tenant, out var line))
            _tenants[tenant] = line = new TenantLine(weights.GetValueOrDefault(tenant, 1));
        return line;
    }

    /// <summary>Before a tenant that waited for nothing of this kind begins to: on to the least of those who do, or to the last served where none does.</summary>
    public void Lift(TenantLine tenant, bool batch)
    {
        var least = double.PositiveInfinity;
        foreach (var other in _tenants.Values)
            if (other.Waiting(batch).Count > 0)
                least = Math.Min(least, other.Counter);
        tenant.Counter = Math.Max(tenant.Counter, double.IsPositiveInfinity(least) ? _lastServed?.Counter ?? 0 : least);
    }

    public void Admitted(TenantLine tenant) => _lastServed = tenant;
}

/// <summary>One tenant at this worker: its counter, what runs of it and what waits.</summary>
internal sealed class TenantLine(double weight)
{
    private readonly LinkedList<Run> _interactive = [];
    private readonly LinkedList<Run> _batch = [];

    public double Weight { get; } = weight;

    /// <summary>Cost of the tokens served, divided by the weight.</summary>
    public double Counter { get; set; }

    /// <summary>Slots held.</summary>
    public int Running { get; set; }

    /// <summary>Of the slots, by interactive requests.</summary>
    public int RunningInteractive { get; set; }

    /// <summary>Of the slots, by requests that were told to give them up.</summary>
    public int Yielding { get; set; }

    public bool IsActive => Running + _interactive.Count + _batch.Count > 0;

    /// <summary>In the order in which they will start.</summary>
    public LinkedList<Run> Waiting(bool batch) => batch ? _batch : _interactive;

    public void Charge(double cost) => Counter += cost / Weight;
}
