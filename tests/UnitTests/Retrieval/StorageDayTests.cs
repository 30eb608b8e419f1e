using LLMoin.Retrieval.Usage;

namespace LLMoin.UnitTests.Retrieval;

public sealed class StorageDayTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-11-23", "2026-11-23T22:59:59.999999Z")]
    [InlineData("2026-03-29", "2026-03-29T21:59:59.999999Z")]
    [InlineData("2026-10-25", "2026-10-25T22:59:59.999999Z")]
    public void A_day_ends_at_its_own_midnight_also_when_the_clocks_change(string day, string end)
        => Assert.Equal(DateTimeOffset.Parse(end, null), StorageDay.EndOf(DateOnly.Parse(day, null), Berlin));

    [Fact]
    public void A_day_that_ends_at_a_midnight_which_the_clocks_skip_ends_before_the_first_hour_there_is()
    {
        // In Beirut the clocks went from 0:00 to 1:00 on that day.
        var beirut = TimeZoneInfo.FindSystemTimeZoneById("Asia/Beirut");
        Assert.Equal(new DateOnly(2024, 3, 30), DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(StorageDay.EndOf(new DateOnly(2024, 3, 30), beirut), beirut).DateTime));
    }

    [Fact]
    public void A_tenants_day_has_one_id_and_no_other_has_it()
    {
        var day = new DateOnly(2026, 11, 23);
        Assert.Equal(StorageDay.UsageId("hamburg", day), StorageDay.UsageId("hamburg", day));
        Assert.Equal(3, new[] { StorageDay.UsageId("hamburg", day), StorageDay.UsageId("kiel", day), StorageDay.UsageId("hamburg", day.AddDays(1)) }.Distinct().Count());
        Assert.Equal(8, StorageDay.UsageId("hamburg", day).Version);
    }
}
