using LLMoin.Inference.Sampling;
using LLMoin.Inference.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace LLMoin.InferenceTests;

public sealed class CourtesyTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly GenerationTask _writer = Written(Reading("hamburg"));

    [Fact]
    public void Others_pause_while_a_tenants_only_answer_begins()
        => Assert.True(Pauses(Reading("bremen"), new Courtesy(_clock)));

    [Fact]
    public void Its_prompt_is_read_before_shorter_ones_of_those_who_write()
    {
        var (shorter, guest) = (Reading("hamburg", length: 10), Reading("bremen"));

        Assert.Same(guest, Courtesy.Guest([_writer, shorter, guest], [shorter, guest]));
    }

    [Fact]
    public void Nobody_pauses_for_one_more_answer_of_a_tenant_that_writes_already()
        => Assert.False(Pauses(Reading("hamburg"), new Courtesy(_clock)));

    [Fact]
    public void Nobody_pauses_for_batch_work_nor_for_the_rest_of_a_long_prompt()
    {
        var longPrompt = Reading("bremen", length: 3000);
        longPrompt.Computed = 2000;

        Assert.False(Pauses(Reading("bremen", batch: true), new Courtesy(_clock)));
        Assert.False(Pauses(longPrompt, new Courtesy(_clock)));
    }

    [Fact]
    public void Between_two_pauses_of_a_second_all_get_a_token()
    {
        var courtesy = new Courtesy(_clock);
        var guest = Reading("bremen");

        Assert.True(Pauses(guest, courtesy));
        _clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.True(Pauses(guest, courtesy));
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.False(Pauses(guest, courtesy));
        Assert.True(Pauses(guest, courtesy));
    }

    private bool Pauses(GenerationTask reading, Courtesy courtesy) => courtesy.PausesWriting(Courtesy.Guest([_writer, reading], [reading]));

    private static GenerationTask Reading(string tenant, int length = 100, bool batch = false)
        => new(new int[length], new TokenSampler(new SamplerSettings { Seed = 1 }, [], 0), 10, batch, tenant);

    private static GenerationTask Written(GenerationTask task)
    {
        task.Computed = task.Prompt.Length;
        task.Emit(1);
        return task;
    }
}
