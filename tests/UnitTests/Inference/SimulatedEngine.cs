using LLMoin.Inference;
using LLMoin.Inference.Generation;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LLMoin.UnitTests.Inference;

/// <summary>Slots over an engine that gives every running answer one token each 20 ms of a clock that costs no time.</summary>
internal sealed class SimulatedEngine
{
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly FakeTimeProvider _clock = new();
    private readonly Dictionary<Run, int> _left = [];

    public SimulatedEngine(int slots, params (string Tenant, double Weight)[] weights) => Slots = new Slots(
        Options.Create(new InferenceOptions { Slots = slots, TenantWeights = weights.ToDictionary(weight => weight.Tenant, weight => weight.Weight) }), _clock);

    public Slots Slots { get; }

    public TimeSpan Now => _clock.GetUtcNow() - _clock.Start;

    /// <summary>Cost of what each tenant was served: 1 per prompt token, 2 per completion token.</summary>
    public Dictionary<string, double> Served { get; } = [];

    public Dictionary<Run, TimeSpan> FirstTokenAfter { get; } = [];

    public List<Run> Ended { get; } = [];

    public int Yields { get; private set; }

    private Dictionary<Run, TimeSpan> AskedAt { get; } = [];

    public Run Ask(string tenant, int promptTokens, int completionTokens)
    {
        var run = Requests.Run(tenant, promptTokens: promptTokens);
        _left[run] = completionTokens;
        AskedAt[run] = Now;
        Apply(Slots.Enter(run));
        return run;
    }

    public void Advance()
    {
        _clock.Advance(Step);
        foreach (var run in Slots.Running())
        {
            Slots.Charge(run, 1);
            Serve(run, 2);
            FirstTokenAfter.TryAdd(run, Now - AskedAt[run]);
            if (--_left[run] > 0)
                continue;
            Ended.Add(run);
            Apply(Slots.Leave(run));
        }
        Apply(Slots.Reconsider());
    }

    private void Apply(Moves moves)
    {
        if (moves.Begins is { PromptTokens: null } begins)
        {
            begins.PromptTokens = (begins.Request.Messages[0].Content.Length / 4) + 1;
            Slots.ChargePrompt(begins, begins.PromptTokens.Value);
            Serve(begins, begins.PromptTokens.Value);
        }
        if (moves.Yields is not { } yields)
            return;
        Yields++;
        Apply(Slots.Yielded(yields));
    }

    private void Serve(Run run, double cost) => Served[run.Request.Tenant] = Served.GetValueOrDefault(run.Request.Tenant) + cost;
}
