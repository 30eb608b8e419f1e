using LLMoin.Inference.Llama;

namespace LLMoin.InferenceTests;

/// <summary>What must hold after very many requests. Alone, as the memory that is looked at is the whole process's.</summary>
[Collection(nameof(EnduranceTests))]
[CollectionDefinition(nameof(EnduranceTests), DisableParallelization = true)]
public sealed class EnduranceTests
{
    [Fact]
    public async Task Ten_thousand_requests_with_random_stops_leave_nothing_behind()
    {
        using var scheduler = LlamaBed.Scheduler(16, 256);
        await FloodAsync(scheduler, 1000, seed: 1);
        var memory = Resident();
        await FloodAsync(scheduler, 9000, seed: 2);

        // Every sequence is free: as many answers as there are sequences run at once.
        var together = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => LlamaBed.RunAsync(scheduler, LlamaBed.Task(LlamaBed.Prompt(20, n), 3, temperature: 1))));
        Assert.All(together, tokens => Assert.NotEmpty(tokens));
        Assert.InRange(Resident() - memory, long.MinValue, 48 << 20);
    }

    [Fact]
    public void Models_and_contexts_that_come_and_go_leave_no_memory_behind()
    {
        Cycle(5);
        var memory = Resident();
        Cycle(30);

        // One cycle alone holds more than 4 MB of weights and 8 MB of cache.
        Assert.InRange(Resident() - memory, long.MinValue, 32 << 20);

        static void Cycle(int times)
        {
            for (var n = 0; n < times; n++)
            {
                using var model = LlamaBed.Load(LLMoin.TestModels.RandomModel.Tiny);
                using var context = new LlamaContext(model, new ContextShape(4, 2048, 512), LlamaBed.Pool);
            }
        }
    }

    private static async Task FloodAsync(LLMoin.Inference.Scheduling.ModelScheduler scheduler, int requests, int seed)
    {
        var random = new Random(seed);
        var plans = Enumerable.Range(0, requests).Select(n => (Length: random.Next(1, 40), Tokens: random.Next(1, 8), StopAfter: random.Next(4) == 0 ? random.Next(0, 4) : -1, Seed: n % 40)).ToList();
        await Parallel.ForEachAsync(plans, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (plan, cancellation) =>
        {
            var task = LlamaBed.Task(LlamaBed.Prompt(plan.Length, plan.Seed), plan.Tokens, temperature: 1, seed: (ulong)plan.Seed);
            scheduler.Start(task);
            if (plan.StopAfter == 0)
                task.Cancel();
            var count = 0;
            try
            {
                await foreach (var _ in task.Output.ReadAllAsync(cancellation))
                    if (++count == plan.StopAfter)
                        task.Cancel();
            }
            catch (OperationCanceledException) when (plan.StopAfter >= 0)
            {
                // As it should be.
            }
        });
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }
}
