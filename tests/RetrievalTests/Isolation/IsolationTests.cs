using System.Globalization;
using LLMoin.ServiceBed;
using Xunit.Sdk;

namespace LLMoin.RetrievalTests.Isolation;

/// <summary>
/// Readers change all the time, on two replicas, each with its index in memory; whoever looks at whatever moment must find all that is
/// theirs and nothing else. <c>LLMOIN_TEST_SEED</c> repeats a run, <c>LLMOIN_TEST_STEPS</c> makes it longer.
/// </summary>
public sealed class IsolationTests(Servers servers)
{
    private const int UsualSteps = 70;

    [Fact]
    public async Task Nobody_ever_finds_what_they_may_not_read_and_everybody_finds_all_that_they_may()
    {
        var seed = Number("LLMOIN_TEST_SEED") ?? Random.Shared.Next();
        var random = new Random(seed);
        var world = new World();
        var first = await servers.ServiceAsync("Retrieval");
        var second = await servers.StartServiceAsync("Retrieval", ("ConnectionStrings__retrieval", first.Setting("ConnectionStrings__retrieval")));
        ServiceProcess[] replicas = [first, second];
        await using var database = new RawDatabase(first);
        var work = new RandomWork(world, random, database, replicas);
        var tenant = "t" + Guid.NewGuid().ToString("n")[..12];
        work.Populate(tenant, tenant + "x");
        var step = 0;
        var (shown, hidden) = (0, 0);
        try
        {
            await work.BeginAsync();
            for (; step < (Number("LLMOIN_TEST_STEPS") ?? UsualSteps); step++)
            {
                await work.StepAsync();
                var look = new Inspection(world, database, replicas[random.Next(2)], world.Members[random.Next(world.Members.Count)]);
                await look.ListsAndSearchesAsync();
                if (world.Papers.Count > 0)
                    _ = await look.OpensAsync(world.Papers[random.Next(world.Papers.Count)]) ? shown++ : hidden++;
                if (world.Shelves.Count > 0)
                    await look.OpensAsync(world.Shelves[random.Next(world.Shelves.Count)]);
            }

            foreach (var member in world.Members)
            {
                var look = new Inspection(world, database, replicas[step++ % 2], member);
                await look.ListsAndSearchesAsync();
                foreach (var paper in world.Papers)
                    await look.OpensAsync(paper);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new XunitException($"Seed {seed}, step {step}, after: {work.Doing}\n{exception.Message}", exception);
        }
        finally
        {
            await second.KillAsync();
        }

        // Everything may be deleted by now, but not all the time, or nothing was looked at.
        Assert.True(shown > 0 && hidden > 0, $"Seed {seed}: {shown} documents were opened and {hidden} not.");
    }

    private static int? Number(string variable)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
