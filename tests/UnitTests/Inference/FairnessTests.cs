namespace LLMoin.UnitTests.Inference;

public sealed class FairnessTests
{
    private const int Slots = 8, LongestPrompt = 400, LongestAnswer = 200;

    /// <summary>U of the paper: max(w_p·L_input, w_q·M), M the completion tokens of a full batch.</summary>
    private const double U = 2.0 * Slots * LongestAnswer;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    public void Two_tenants_that_always_wait_are_served_alike_up_to_the_papers_bound_and_by_weight(double weightA, double weightB)
    {
        var engine = new SimulatedEngine(Slots, ("a", weightA), ("b", weightB));
        var random = new Random(7);
        // B asks for more and longer things, from the beginning.
        Keep("b", 60);
        Keep("a", 20);
        double least = 0, most = 0;
        for (var step = 0; step < 20_000; step++)
        {
            engine.Advance();
            Keep("a", 20);
            Keep("b", 60);
            var difference = engine.Served.GetValueOrDefault("a") / weightA - engine.Served["b"] / weightB;
            (least, most) = (Math.Min(least, difference), Math.Max(most, difference));
        }

        // Over any interval, so from the least to the most.
        Assert.InRange(most - least, 0, 2 * U / Math.Min(weightA, weightB));
        Assert.InRange(engine.Served["a"] / engine.Served["b"], weightA / weightB * 0.95, weightA / weightB * 1.05);

        void Keep(string tenant, int waiting)
        {
            for (var held = engine.Slots.Waiting().Count(run => run.Run.Request.Tenant == tenant); held < waiting; held++)
                engine.Ask(tenant, random.Next(1, tenant == "a" ? 100 : LongestPrompt), random.Next(1, tenant == "a" ? 50 : LongestAnswer));
        }
    }

    [Fact]
    public void A_light_tenants_first_token_comes_at_once_however_another_floods()
    {
        var engine = new SimulatedEngine(Slots);
        for (var i = 0; i < 500; i++)
            engine.Ask("flood", 100, LongestAnswer);
        for (var step = 0; step < 50; step++)
            engine.Advance();

        List<TimeSpan> first = [];
        for (var question = 0; question < 20; question++)
        {
            var run = engine.Ask("light", 50, 30);
            while (!engine.Ended.Contains(run))
                engine.Advance();
            first.Add(engine.FirstTokenAfter[run]);
        }

        // As on an idle system: the next step of the engine.
        Assert.All(first, wait => Assert.Equal(SimulatedEngine.Step, wait));
        Assert.True(engine.Yields > 0);
    }

    [Fact]
    public void Nobody_starves_and_nothing_is_lost_when_many_tenants_press_in()
    {
        var engine = new SimulatedEngine(4);
        var random = new Random(3);
        var asked = Enumerable.Range(0, 300).Select(n =>
        {
            for (var step = random.Next(5); step > 0; step--)
                engine.Advance();
            return engine.Ask($"tenant{n % 12}", random.Next(1, 200), random.Next(1, 100));
        }).ToList();

        for (var step = 0; step < 10_000 && engine.Ended.Count < asked.Count; step++)
            engine.Advance();

        Assert.Equal(asked.ToHashSet(), engine.Ended.ToHashSet());
        Assert.All(asked, run => Assert.InRange(run.Yields, 0, 3));
        Assert.Equal((0, 0), engine.Slots.Load);
    }

    [Fact]
    public void Idleness_earns_no_credit()
    {
        var engine = new SimulatedEngine(Slots);
        // B was there once and then not while A was served a lot.
        engine.Ask("b", 1, 1);
        for (var step = 0; step < 5000; step++)
        {
            if (engine.Slots.Load.Waiting < 20)
                engine.Ask("a", 10, 50);
            engine.Advance();
        }
        var before = (A: engine.Served["a"], B: engine.Served["b"]);
        for (var step = 0; step < 2000; step++)
        {
            foreach (var tenant in new[] { "a", "b" })
                while (engine.Slots.Waiting().Count(waiting => waiting.Run.Request.Tenant == tenant) < 20)
                    engine.Ask(tenant, 10, 50);
            engine.Advance();
        }

        Assert.InRange((engine.Served["b"] - before.B) / (engine.Served["a"] - before.A), 0.9, 1.1);
    }
}
