using LLMoin.Billing.Analytics.Costs;
using LLMoin.Billing.Analytics.Release;
using LLMoin.Billing.Money;
using LLMoin.Billing.Months;
using static LLMoin.Billing.Analytics.Costs.DepartmentCosts;

namespace LLMoin.BillingTests.Analytics;

public sealed class DepartmentCostTests
{
    private const int Least = 10;

    private static readonly BillingMonth Month = new(2026, 10);

    [Fact]
    public void A_small_department_is_in_the_rest_together_with_one_that_hides_it()
    {
        var costs = Of(Month, [Share("bau", 500, 40), Share("presse", 70, 3), Share("umwelt", 200, 15)], []);

        Assert.Equal([new DepartmentCost("bau", new Cents(500))], costs.Departments);
        Assert.Equal((new Cents(270), new Cents(770)), (costs.Rest, costs.Net));
    }

    [Fact]
    public void Departments_that_are_large_enough_are_all_there_and_leave_nothing()
    {
        var costs = Of(Month, [Share("bau", 500, 40), Share("umwelt", 200, 15)], []);

        Assert.Equal(2, costs.Departments.Count);
        Assert.Null(costs.Rest);
    }

    [Fact]
    public void Small_departments_that_together_are_enough_take_nobody_with_them()
        => Assert.Equal(["bau"], Of(Month, [Share("bau", 500, 40), Share("presse", 70, 6), Share("statistik", 30, 5)], []).Departments.Select(one => one.Department));

    [Fact]
    public void A_department_that_has_a_model_to_itself_is_not_shown_where_the_model_would_tell_of_the_few_who_use_another()
    {
        var shares = new[] { Share("bau", 500, 40), Share("umwelt", 300, 20), Share("verkehr", 200, 15) };
        // All of umwelt use the plan model alone; of verkehr three use it, too, or none does.
        IReadOnlyList<IReadOnlyDictionary<string, Crowd>> Atoms(int besides) =>
        [
            new Dictionary<string, Crowd> { ["umwelt"] = People("umwelt", 20) },
            new Dictionary<string, Crowd> { ["bau"] = People("bau", 40), ["verkehr"] = People("verkehr", 15), ["umwelt"] = People("umwelt", besides) },
        ];

        Assert.Equal(["bau", "umwelt", "verkehr"], Of(Month, shares, Atoms(besides: 12)).Departments.Select(one => one.Department));
        Assert.DoesNotContain("umwelt", Of(Month, shares, Atoms(besides: 3)).Departments.Select(one => one.Department));
    }

    /// <summary>Tries what the guard reasons about: random people, models and departments, every union of departments less every choice of atoms in it.</summary>
    [Fact]
    public void No_union_of_departments_less_atoms_that_lie_in_it_is_about_too_few()
    {
        var random = new Random(5);
        var shownAtAll = 0;
        for (var trial = 0; trial < 400; trial++)
        {
            var departments = Enumerable.Range(0, random.Next(2, 6)).Select(n => $"d{n}").ToArray();
            var sizes = departments.Select(_ => random.Next(1, 30)).ToArray();
            var uses = Enumerable.Range(0, random.Next(1, 6)).Select(_ => departments.Select((department, n) => random.Next(3) == 0 ? [] :
                Enumerable.Range(0, random.Next(0, sizes[n] + 1)).Select(one => $"{department}{one}").ToHashSet()).ToArray()).Where(atom => atom.Sum(part => part.Count) >= Least).ToList();
            var active = departments.Select((_, n) => uses.SelectMany(atom => atom[n]).Distinct().Count()).ToArray();
            var atoms = uses.Select(atom => (IReadOnlyDictionary<string, Crowd>)atom.Index().Where(part => part.Item.Count > 0)
                .ToDictionary(part => departments[part.Index], part => Crowd.Of(Least, part.Item))).ToList();
            var costs = Of(Month, [.. departments.Select((department, n) => Share(department, 10, active[n])).Where(share => share.People > 0)], atoms);

            var shown = costs.Departments.Select(one => Array.IndexOf(departments, one.Department)).ToList();
            shownAtAll += shown.Count;
            int[][] groups = [.. shown.Select(n => new[] { n }), [.. Enumerable.Range(0, departments.Length).Except(shown)]];
            for (var choice = 1; shown.Count > 0 && choice < 1 << groups.Length; choice++)
            {
                var union = groups.Where((_, n) => (choice >> n & 1) == 1).SelectMany(group => group).ToHashSet();
                var within = uses.Where(atom => atom.Index().All(part => part.Item.Count == 0 || union.Contains(part.Index))).ToList();
                var besides = uses.Except(within).SelectMany(atom => union.SelectMany(n => atom[n])).Distinct().Count();
                Assert.True(besides == 0 || besides >= Least, $"trial {trial}: {besides} people");
            }
        }

        Assert.True(shownAtAll > 300, $"Only {shownAtAll} departments are shown: hiding everything is no art.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_one_subtracts_from_the_statements_sum_is_about_enough_people(int seed)
    {
        var random = new Random(seed);
        for (var trial = 0; trial < 500; trial++)
        {
            var shares = Enumerable.Range(0, random.Next(1, 8)).Select(n => Share($"d{n}", random.Next(1, 1000), random.Next(0, 25))).ToList();
            var costs = Of(Month, shares, []);
            Assert.Equal(costs.Net, costs.Departments.Sum(one => one.Net) + (costs.Rest ?? Cents.Zero));
            var shown = costs.Departments.Select(one => one.Department).ToHashSet();
            Assert.All(shares.Where(share => shown.Contains(share.Department)), share => Assert.True(share.People >= Least));
            if (shown.Count > 0 && costs.Rest is not null)
                Assert.True(shares.Where(share => !shown.Contains(share.Department)).Sum(share => share.People) >= Least);
        }
    }

    private static DepartmentShare Share(string department, long net, int people)
        => new(department, new Cents(net), people, People(department, people));

    private static Crowd People(string department, int count) => Crowd.Of(Least, Enumerable.Range(0, count).Select(n => $"{department}{n}"));
}
