using LLMoin.Billing.Analytics.Release;

namespace LLMoin.BillingTests.Analytics;

/// <summary>What may be told, without a database: from settled cells to atoms.</summary>
public sealed class PublicationTests
{
    private const int Least = 10;

    private static readonly DateOnly First = new(2026, 10, 1);

    [Fact]
    public void Days_of_few_people_wait_until_together_they_are_enough()
    {
        var atoms = Publication.Of([Cell(1, "chat", 0, 6), Cell(2, "chat", 0, 12), Cell(3, "chat", 6, 11), Cell(4, "chat", 0, 12)], isOver: false);

        Assert.Equal([[2], [1, 3]], atoms.Select(atom => atom.Cells.Select(cell => cell.Day.Day).ToArray()));
    }

    [Fact]
    public void A_months_last_group_is_told_once_the_month_is_over_and_takes_in_what_is_left()
    {
        Cell[] month = [Cell(1, "chat", 0, 12), Cell(2, "chat", 0, 12), Cell(3, "chat", 0, 3)];

        Assert.Equal([1], Publication.Of(month, isOver: false).SelectMany(atom => atom.Cells).Select(cell => cell.Day.Day));
        Assert.Equal([[1], [2, 3]], Publication.Of(month, isOver: true).Select(atom => atom.Cells.Select(cell => cell.Day.Day).ToArray()));
    }

    [Fact]
    public void A_small_category_is_told_in_the_rest_which_takes_in_others_until_it_is_no_small_group()
    {
        Cell[] month = [Cell(1, "chat", 0, 30), Cell(1, "draft", 0, 12), Cell(1, "translate", 30, 34)];

        var atoms = Publication.Of(month, isOver: true);

        Assert.Equal(["draft", null], atoms.Select(atom => atom.Category));
        Assert.Equal(["translate", "chat"], atoms[1].Cells.Select(cell => cell.Category));
    }

    [Fact]
    public void Where_there_are_too_few_in_all_nothing_is_told()
        => Assert.Empty(Publication.Of([Cell(1, "chat", 0, 5), Cell(2, "draft", 3, 9)], isOver: true));

    /// <summary>
    /// Random months, watched day by day: whoever keeps all that was ever told and reckons with it gets at whole atoms only, and each of them is about
    /// enough people. That nothing is taken back is what keeps one from reckoning with yesterday's answer.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_day_one_asks_on_each_atom_is_about_enough_people_none_overlap_and_none_is_ever_taken_back(int seed)
    {
        var random = new Random(seed);
        for (var trial = 0; trial < 300; trial++)
        {
            var staff = random.Next(5, 60);
            var cells = new List<(Cell Cell, HashSet<int> People)>();
            foreach (var category in new[] { "chat", "draft", "research", "translate" }[..random.Next(1, 5)])
                for (var day = 1; day <= 31; day++)
                {
                    var people = Enumerable.Range(0, random.Next(0, Math.Max(2, staff / random.Next(1, 8)))).Select(_ => random.Next(staff)).ToHashSet();
                    if (people.Count > 0)
                        cells.Add((new Cell("t", random.Next(2).ToString(null, null), category, First.AddDays(day - 1), Crowd.Of(Least, people.Select(one => $"u{one}")), new Sums(1, 0, 0, 0)), people));
                }

            var whose = cells.ToDictionary(cell => cell.Cell, cell => cell.People);
            var told = new HashSet<string>();
            for (var today = 1; today <= 32; today++)
            {
                var atoms = Publication.Of(cells.Select(cell => cell.Cell).Where(cell => cell.Day.Day < today), isOver: today == 32);
                Assert.All(atoms, atom => Assert.True(atom.Cells.SelectMany(cell => whose[cell]).Distinct().Count() >= Least, $"seed {seed}, trial {trial}"));
                Assert.Equal(atoms.Sum(atom => atom.Cells.Count), atoms.SelectMany(atom => atom.Cells).Distinct(ReferenceEqualityComparer.Instance).Count());
                var now = atoms.Select(atom => $"{atom.Scope} {atom.Category}: {string.Join(',', atom.Cells.Select(cell => cell.Day.Day))}").ToHashSet();
                Assert.Superset(told, now);
                told = now;
                if (today == 32)
                    foreach (var scope in cells.GroupBy(cell => cell.Cell.Scope))
                        Assert.True(atoms.Where(atom => atom.Scope == scope.Key).Sum(atom => atom.Cells.Count) is var count && (count == 0 || count == scope.Count()), "A month that is over is told whole or not at all.");
            }
        }
    }

    private static Cell Cell(int day, string category, int from, int to)
        => new("t", "", category, First.AddDays(day - 1), Crowd.Of(Least, Enumerable.Range(from, to - from).Select(one => $"u{one}")), new Sums(1, 0, 0, 0));
}
