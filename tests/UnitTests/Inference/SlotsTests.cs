using LLMoin.Contracts.Inference;
using LLMoin.Inference;
using LLMoin.Inference.Generation;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static LLMoin.UnitTests.Inference.Requests;

namespace LLMoin.UnitTests.Inference;

public sealed class SlotsTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Slots _slots;

    public SlotsTests() => _slots = Of(2);

    [Fact]
    public void Those_beyond_the_slots_wait_in_order_and_know_their_position()
    {
        var runs = Enumerable.Range(0, 5).Select(_ => Run()).ToList();

        Assert.Equal([runs[0], runs[1], null, null, null], runs.Select(run => _slots.Enter(run).Begins));
        Assert.Equal([1, 2, 3], runs[2..].Select(Position));
        Assert.Same(runs[2], _slots.Leave(runs[0]).Begins);
        Assert.Equal([1, 2], runs[3..].Select(Position));
    }

    [Fact]
    public void An_interactive_request_waits_before_batch_work_but_behind_its_like()
    {
        _slots.Enter(Run());
        _slots.Enter(Run());
        var (batch, first, second) = (Run(priority: Priority.Batch), Run(), Run());
        foreach (var run in new[] { batch, first, second })
            _slots.Enter(run);

        Assert.Equal((3, 1, 2), (Position(batch), Position(first), Position(second)));
    }

    [Fact]
    public void Who_leaves_the_line_frees_no_slot()
    {
        var runs = Enumerable.Range(0, 4).Select(_ => Run()).ToList();
        runs.ForEach(run => _slots.Enter(run));

        Assert.Equal([runs[2]], _slots.Withdraw(run => run == runs[2]));
        Assert.Equal((2, 1), _slots.Load);
        Assert.Same(runs[3], _slots.Leave(runs[1]).Begins);
    }

    [Fact]
    public void Who_came_last_is_handed_back_first()
    {
        var runs = Enumerable.Range(0, 6).Select(_ => Run()).ToList();
        runs.ForEach(run => _slots.Enter(run));

        Assert.Equal([runs[5], runs[4]], _slots.Withdraw(_ => true, most: 2));
        Assert.Equal(2, _slots.Load.Waiting);
    }

    [Fact]
    public void A_later_attempt_cancels_the_earlier_one_of_the_same_answer()
    {
        var answer = Guid.CreateVersion7();
        var (first, second) = (Run(answer: answer), Run(answer: answer, attempt: 2));

        _slots.Enter(first);
        _slots.Enter(second);

        Assert.True(first.Cancelled.IsCancellationRequested);
        Assert.False(second.Cancelled.IsCancellationRequested);
        Assert.Null(_slots.Find(answer, attempt: 1));
        Assert.Same(second, _slots.Find(answer, attempt: 2));
    }

    [Fact]
    public void A_wait_is_estimated_from_how_long_answers_held_their_slots()
    {
        var runs = Enumerable.Range(0, 4).Select(_ => Run()).ToList();
        runs.ForEach(run => _slots.Enter(run));
        Assert.All(_slots.Waiting(), waiting => Assert.Null(waiting.Seconds));

        _clock.Advance(TimeSpan.FromSeconds(10));
        _slots.Leave(runs[0]);

        Assert.Equal(5, Assert.Single(_slots.Waiting()).Seconds);
    }

    [Fact]
    public void A_cancellation_is_remembered_for_requests_that_come_later()
    {
        var cancelled = new RecentlyCancelled();
        var answer = Guid.CreateVersion7();

        cancelled.Add(answer, attempt: 2);
        cancelled.Add(answer, attempt: 1);

        Assert.True(cancelled.Contains(answer, 1));
        Assert.True(cancelled.Contains(answer, 2));
        Assert.False(cancelled.Contains(answer, 3));
    }

    private Slots Of(int slots) => new(Options.Create(new InferenceOptions { Slots = slots }), _clock);

    private int Position(Run run) => _slots.Waiting().Single(waiting => waiting.Run == run).Position;
}
