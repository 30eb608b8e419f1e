using LLMoin.Contracts.Inference;
using LLMoin.Inference;
using LLMoin.Inference.Engines;
using LLMoin.Inference.Generation;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static LLMoin.UnitTests.Inference.Requests;

namespace LLMoin.UnitTests.Inference;

public sealed class PreemptionTests
{
    private static readonly TimeSpan Quantum = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _clock = new();
    private readonly InferenceOptions _options = new() { Slots = 2 };
    private readonly Slots _slots;

    public PreemptionTests() => _slots = new Slots(Options.Create(_options), _clock);

    [Fact]
    public void The_newest_run_of_a_tenant_that_holds_all_slots_yields_to_another_tenant()
    {
        var (older, newer) = (Begin("a"), Begin("a"));
        var light = Run("b");

        // At the same moment, so that the one's last step and the other's preparation overlap.
        Assert.Equal(new Moves(light, newer), _slots.Enter(light));
        Assert.Equal(default, _slots.Yielded(newer));
        Assert.Equal([older, light], _slots.Running());
        Assert.Equal([newer], _slots.Waiting().Select(waiting => waiting.Run));
    }

    [Fact]
    public void Who_yielded_goes_on_before_its_tenants_other_requests()
    {
        Begin("a");
        var newer = Begin("a");
        var (behind, light) = (Run("a"), Run("b"));
        _slots.Enter(behind);
        _slots.Enter(light);
        _slots.Yielded(newer);

        Assert.Equal([newer, behind], _slots.Waiting().Select(waiting => waiting.Run));
    }

    [Fact]
    public void A_tenant_within_its_share_keeps_its_slot()
    {
        Begin("a");
        Begin("b");

        Assert.Null(_slots.Enter(Run("a")).Yields);
        Assert.Null(_slots.Enter(Run("b")).Yields);
    }

    [Fact]
    public void A_larger_weight_is_a_larger_share()
    {
        _options.TenantWeights["a"] = 4;
        var slots = new Slots(Options.Create(new InferenceOptions { Slots = 10, TenantWeights = _options.TenantWeights }), _clock);
        for (var i = 0; i < 8; i++)
            slots.Enter(Run("a"));
        for (var i = 0; i < 2; i++)
            slots.Enter(Run("b"));

        slots.Charge(slots.Running()[0], 1000);

        // A holds 8 of 10, its share while only B competes; with C in play it is 6 ⅔.
        Assert.Null(slots.Enter(Run("b")).Yields);
        Assert.Equal("a", slots.Enter(Run("c")).Yields?.Request.Tenant);
    }

    [Fact]
    public void Nobody_yields_to_a_tenant_that_was_served_more()
    {
        var served = Begin("b");
        _slots.Charge(served, 1000);
        _slots.Leave(served);
        // Lifted to B's counter when it came, A has as much; B's next request makes B the one that is ahead.
        Begin("a");
        Begin("a");
        _slots.Enter(Run("a"));
        var again = Run("b");
        again.Tenant = served.Tenant;
        served.Tenant.Charge(1000);

        Assert.Null(_slots.Enter(again).Yields);
    }

    [Fact]
    public void Nobody_yields_to_a_request_that_itself_has_yielded_or_to_batch_work()
    {
        Begin("a");
        var newer = Begin("a");
        var light = Run("b");
        _slots.Enter(light);
        _slots.Yielded(newer);
        _slots.Charge(light, 10_000);

        Assert.Null(_slots.Reconsider().Yields);
        Assert.Null(_slots.Enter(Run("c", Priority.Batch)).Yields);
    }

    [Fact]
    public void Batch_work_yields_to_any_tenant_without_an_interactive_answer()
    {
        var (first, second) = (Begin("a", Priority.Batch), Begin("b", Priority.Batch));

        Assert.Same(second, _slots.Enter(Run("b")).Yields);
        Assert.Same(first, _slots.Enter(Run("c")).Yields);
    }

    [Fact]
    public void A_run_yields_three_times_at_most_and_never_before_it_has_run_again_for_five_seconds()
    {
        var slots = new Slots(Options.Create(new InferenceOptions { Slots = 1 }), _clock);
        var patient = Run("a");
        slots.Enter(patient);

        for (var time = 0; time < 3; time++)
        {
            var other = Run("b");
            if (time > 0)
            {
                Assert.Null(slots.Enter(Run("c")).Yields);
                Assert.Single(slots.Withdraw(run => run.Request.Tenant == "c"));
                _clock.Advance(Quantum);
            }
            slots.Charge(patient, 1000);
            Assert.Equal(new Moves(other, patient), slots.Enter(other));
            Assert.Equal(default, slots.Yielded(patient));
            Assert.Same(patient, slots.Leave(other).Begins);
        }
        _clock.Advance(Quantum);
        slots.Charge(patient, 1000);

        Assert.Null(slots.Enter(Run("b")).Yields);
    }

    [Fact]
    public void Who_yielded_goes_on_after_what_it_has_said()
    {
        var run = Run();
        var (_, cancellation) = run.Begin();
        run.Take(new GeneratedPiece("", 1, Reasoning: "hm "));
        run.Take(new GeneratedPiece("Die ", 1));
        run.Take(new GeneratedPiece("", 1, ToolCall: new ToolCall("1", "f", "{}")));
        run.Take(new GeneratedPiece("", 1));
        run.Yield();

        var (request, again) = run.Begin();

        Assert.True(cancellation.IsCancellationRequested);
        Assert.False(again.IsCancellationRequested);
        Assert.Equal(("hm ", "Die ", 3), (request.EmittedReasoning, request.EmittedText, request.EmittedTokens));
        Assert.Equal(new ToolCall("1", "f", "{}"), Assert.Single(request.EmittedToolCalls));
    }

    private Run Begin(string tenant, Priority priority = Priority.Interactive)
    {
        var run = Run(tenant, priority);
        Assert.Same(run, _slots.Enter(run).Begins);
        // Newer is who began later.
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        return run;
    }
}
