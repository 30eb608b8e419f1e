using LLMoin.Billing.Months;
using LLMoin.Billing.Rating;

namespace LLMoin.BillingTests.Rating;

public sealed class SmallDepartmentsTests
{
    private static readonly BillingMonth October = new(2026, 10);

    [Theory]
    [InlineData("bau:12 kita:3 kasse:9", "bau:12 :12")]
    [InlineData("bau:12 kita:3", ":15")]
    [InlineData("bau:12 amt:20 kita:3", "amt:20 :15")]
    [InlineData("bau:12 :4", ":16")]
    [InlineData("bau:12 amt:10", "bau:12 amt:10")]
    [InlineData("kita:3", ":3")]
    [InlineData("bau:12 leer:0", ":12")]
    public void Departments_of_fewer_than_ten_bear_theirs_together_and_no_rest_is_of_fewer(string before, string after)
    {
        var usage = Usage(before);

        var joined = usage.Joined(10);

        Assert.Equal(after.Split(' ').Order(), joined.Days.Select(day => $"{day.Department}:{day.Pages}").Order());
        Assert.Equal(after.Split(' ').Order(), joined.People.GroupBy(person => person.Department).Select(group => $"{group.Key}:{group.Count()}").Order());
        Assert.Equal(usage.Days.Sum(day => day.PromptTokens), joined.Days.Sum(day => day.PromptTokens));
        Assert.Equal(usage.People.Select(person => person.UserId).Order(), joined.People.Select(person => person.UserId).Order());
    }

    /// <summary>Each person reads a page, a department without people one token.</summary>
    private static MonthUsage Usage(string departments)
    {
        var parts = departments.Split(' ').Select(part => part.Split(':')).Select(part => (Id: part[0], People: int.Parse(part[1], System.Globalization.CultureInfo.InvariantCulture))).ToList();
        return new MonthUsage(October,
            [.. parts.Select(part => new DayUsage(October.FirstDay, part.Id, "gross", part.People + 1, 0, part.People, 0))],
            [.. parts.SelectMany(part => Enumerable.Range(1, part.People).Select(n => new ActivePerson($"{part.Id}{n}", part.Id, October.FirstDay)))]);
    }
}
