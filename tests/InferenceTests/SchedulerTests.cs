using LLMoin.Inference.Llama;
using LLMoin.Inference.Scheduling;
using LLMoin.TestModels;
using Microsoft.Extensions.Logging.Abstractions;

namespace LLMoin.InferenceTests;

public sealed class SchedulerTests
{
    [Fact]
    public async Task Answers_in_one_batch_are_bit_for_bit_those_given_alone()
    {
        var prompts = Enumerable.Range(0, 12).Select(n => LlamaBed.Prompt(20 + 17 * n, n)).ToArray();
        var alone = new List<List<int>>();
        using (var scheduler = LlamaBed.Scheduler(1, 512, savedBytes: 0))
            foreach (var prompt in prompts)
                alone.Add(await LlamaBed.RunAsync(scheduler, LlamaBed.Task(prompt, 40, temperature: 1)));

        using var batched = LlamaBed.Scheduler(8, 512);
        var together = await Task.WhenAll(prompts.Select(prompt => LlamaBed.RunAsync(batched, LlamaBed.Task(prompt, 40, temperature: 1))));

        Assert.Equal(alone, together);
        Assert.All(together, tokens => Assert.True(tokens.Count > 5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(123)]
    [InlineData(200)]
    public async Task A_text_that_another_goes_on_with_is_bit_for_bit_that_of_the_first(int cut)
    {
        // Deep enough that a difference in a last bit becomes one of tenths.
        using var model = LlamaBed.Load(RandomModel.Tiny with { Layers = 6 });
        using var scheduler = new ModelScheduler(model, new LlamaContext(model, new ContextShape(2, 1024, 512, Exact: true), LlamaBed.Pool), 0, NullLogger.Instance);
        var seed = (ulong)cut;
        var prompt = LlamaBed.Prompt(301, cut);
        var whole = await LlamaBed.RunAsync(scheduler, LlamaBed.Task(prompt, 300, temperature: 1, seed: seed, endless: true));
        // Pushes out what the first has left.
        await LlamaBed.RunAsync(scheduler, LlamaBed.Task(LlamaBed.Prompt(9, 901), 1));
        await LlamaBed.RunAsync(scheduler, LlamaBed.Task(LlamaBed.Prompt(9, 902), 1));
        var read = scheduler.Counters.ReadTokens;

        var rest = await LlamaBed.RunAsync(scheduler, LlamaBed.Task([.. prompt, .. whole[..cut]], 300 - cut, temperature: 1, seed: seed, given: cut, endless: true));

        Assert.Equal(whole, [.. whole[..cut], .. rest]);
        Assert.Equal(301 + cut, scheduler.Counters.ReadTokens - read);
    }

    [Fact]
    public async Task A_beginning_that_was_read_before_is_not_read_again_and_changes_no_token()
    {
        var document = LlamaBed.Prompt(300, 1);
        int[] first = [.. document, .. LlamaBed.Prompt(10, 2)], second = [.. document, .. LlamaBed.Prompt(10, 3)];
        using var fresh = LlamaBed.Scheduler(1, 512, savedBytes: 0);
        var expected = await LlamaBed.RunAsync(fresh, LlamaBed.Task(second, 30));

        using var scheduler = LlamaBed.Scheduler(4, 512);
        await LlamaBed.RunAsync(scheduler, LlamaBed.Task(first, 30));
        var reused = await LlamaBed.RunAsync(scheduler, LlamaBed.Task(second, 30));

        Assert.Equal(expected, reused);
        Assert.True(scheduler.Counters.ReusedTokens >= 300, $"{scheduler.Counters.ReusedTokens} tokens were reused");
        Assert.True(scheduler.Counters.ReadTokens <= 330, $"{scheduler.Counters.ReadTokens} tokens were read");
    }

    [Fact]
    public async Task Answers_that_begin_alike_at_the_same_time_read_the_beginning_once()
    {
        var document = LlamaBed.Prompt(400, 1);
        int[][] prompts = [.. Enumerable.Range(0, 6).Select(n => (int[])[.. document, .. LlamaBed.Prompt(10, n)])];
        var expected = new List<List<int>>();
        using (var fresh = LlamaBed.Scheduler(1, 512, savedBytes: 0))
            foreach (var prompt in prompts)
                expected.Add(await LlamaBed.RunAsync(fresh, LlamaBed.Task(prompt, 20)));

        using var scheduler = LlamaBed.Scheduler(6, 512);
        var answers = await Task.WhenAll(prompts.Select(prompt => LlamaBed.RunAsync(scheduler, LlamaBed.Task(prompt, 20))));

        Assert.Equal(expected, answers);
        Assert.True(scheduler.Counters.ReadTokens < 600, $"{scheduler.Counters.ReadTokens} tokens were read");
    }

    [Fact]
    public async Task More_conversations_than_sequences_find_their_beginning_in_main_memory()
    {
        using var scheduler = LlamaBed.Scheduler(2, 512);
        int[][] documents = [.. Enumerable.Range(0, 6).Select(n => LlamaBed.Prompt(300, n))];
        foreach (var document in documents)
            await LlamaBed.RunAsync(scheduler, LlamaBed.Task(document, 5));
        var before = scheduler.Counters.ReadTokens;

        foreach (var document in documents)
            await LlamaBed.RunAsync(scheduler, LlamaBed.Task([.. document, .. LlamaBed.Prompt(10, 99)], 5));

        Assert.True(scheduler.Counters.ReadTokens - before <= 6 * 20, $"{scheduler.Counters.ReadTokens - before} tokens were read");
    }

    [Fact]
    public async Task Without_memory_for_it_nothing_is_put_aside_and_the_answers_are_the_same()
    {
        int[][] documents = [.. Enumerable.Range(0, 4).Select(n => LlamaBed.Prompt(200, n))];
        using var none = LlamaBed.Scheduler(2, 512, savedBytes: 0);
        using var some = LlamaBed.Scheduler(2, 512);
        for (var round = 0; round < 2; round++)
            foreach (var document in documents)
                Assert.Equal(await LlamaBed.RunAsync(none, LlamaBed.Task(document, 10)), await LlamaBed.RunAsync(some, LlamaBed.Task(document, 10)));
        Assert.True(some.Counters.ReusedTokens > none.Counters.ReusedTokens);
    }

    [Fact]
    public async Task A_stopped_answer_frees_its_sequence_within_one_step_a_thousand_times_of_a_thousand()
    {
        using var scheduler = LlamaBed.Scheduler(1, 512);
        for (var n = 0; n < 1000; n++)
        {
            var endless = LlamaBed.Task(LlamaBed.Prompt(8, n), 400);
            scheduler.Start(endless);
            await endless.Output.WaitToReadAsync();
            endless.Cancel();
            var steps = scheduler.Counters.Steps;

            var next = LlamaBed.Task(LlamaBed.Prompt(8, n + 1000), 1);
            await LlamaBed.RunAsync(scheduler, next);

            // At most the step that ran when it was stopped, and the next answer's own.
            Assert.InRange(scheduler.Counters.Steps - steps, 1, 2);
        }
    }

    [Fact]
    public async Task An_answer_ends_where_the_context_does()
    {
        using var scheduler = LlamaBed.Scheduler(1, 256);
        var task = LlamaBed.Task(LlamaBed.Prompt(250, 1), 100, temperature: 1);

        var tokens = await LlamaBed.RunAsync(scheduler, task);

        Assert.Equal(Ending.Length, task.Ending);
        Assert.Equal(scheduler.ContextTokens - 250, tokens.Count);
    }

    [Fact]
    public async Task A_token_that_is_none_fails_its_own_answer_only()
    {
        using var scheduler = LlamaBed.Scheduler(4, 512);
        var good = LlamaBed.RunAsync(scheduler, LlamaBed.Task(LlamaBed.Prompt(50, 1), 50));

        var bad = LlamaBed.Task([1, 2, 1_000_000], 10);

        await Assert.ThrowsAsync<LlamaException>(() => LlamaBed.RunAsync(scheduler, bad));
        Assert.True((await good).Count > 5);
    }
}
