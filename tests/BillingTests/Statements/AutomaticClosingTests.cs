using LLMoin.Billing;
using LLMoin.Billing.Months;
using LLMoin.Billing.Statements;
using LLMoin.BillingTests.Ledger;
using LLMoin.ServiceBed;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LLMoin.BillingTests.Statements;

public sealed class AutomaticClosingTests(Servers servers)
{
    [Fact]
    public async Task A_month_is_closed_by_itself_once_its_days_of_grace_are_over()
    {
        // A database of its own, as a closing is every tenant's; its service leaves the starting to the test.
        await using var service = await servers.StartServiceAsync("Billing", ("Billing__Closing__AfterDays", "0"));
        await using var bed = LedgerBed.On(service.Setting("ConnectionStrings__billing"));
        await bed.Writer.AppendAsync([LedgerBed.Answer("hamburg", new DateTime(2026, 3, 10, 9, 0, 0, DateTimeKind.Utc))], TestContext.Current.CancellationToken);

        // In Berlin a minute before the fourth day begins.
        await WorkAsync(bed, new DateTimeOffset(2026, 4, 3, 21, 59, 0, TimeSpan.Zero), () => Task.Delay(1_000));
        Assert.Empty(await bed.QueryAsync<DateOnly>("select month from closings"));

        await WorkAsync(bed, new DateTimeOffset(2026, 4, 3, 22, 1, 0, TimeSpan.Zero), () => ReadUntil.TrueAsync(
            async () => (await bed.QueryAsync<DateOnly>("select month from closing_steps where tenant = 'hamburg' and closed_at is not null")).Count > 0, "the month is closed"));
        Assert.Equal([new DateOnly(2026, 3, 1)], await bed.QueryAsync<DateOnly>("select month from closings"));
        Assert.Equal([("hamburg", new DateOnly(2026, 3, 1))], await bed.QueryAsync<(string, DateOnly)>("select tenant, month from statements"));
    }

    private static async Task WorkAsync(LedgerBed bed, DateTimeOffset now, Func<Task> meanwhile)
    {
        var (clock, options) = (new FakeTimeProvider(now), Options.Create(new BillingOptions()));
        var calendar = new BillingCalendar(clock, options);
        using var worker = new ClosingWorker(
            bed.Database, new MonthClosing(calendar, options, clock), calendar, Options.Create(new ClosingOptions { AfterDays = 3 }), NullLogger<ClosingWorker>.Instance);
        await worker.StartAsync(TestContext.Current.CancellationToken);
        await meanwhile();
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }
}
