using System.Net;
using System.Text.Json.Nodes;
using LLMoin.Billing.Months;
using LLMoin.Billing.Tariffs;
using LLMoin.BillingTests.Ledger;
using LLMoin.ServiceBed;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LLMoin.BillingTests.Statements;

/// <summary>Months to close, in the database of the service that all tests share.</summary>
internal static class ClosingBed
{
    public static readonly BillingCalendar Calendar = CalendarOf(TimeProvider.System);

    /// <summary>Today in Berlin, with half a minute of it left at least: for a test whose requests must all fall on one day.</summary>
    public static async Task<DateOnly> TodayAsync()
    {
        for (var today = Calendar.Today; ; today = Calendar.Today)
        {
            if (CalendarOf(new FakeTimeProvider(DateTimeOffset.UtcNow.AddSeconds(30))).Today == today)
                return today;
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A tariff in force since a day that no operator could choose any more.</summary>
    public static async Task AssignAsync(LedgerBed bed, string tenant, DateOnly from, params (DateOnly ValidFrom, PriceList Prices)[] versions)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var transaction = await bed.Database.BeginForAllAsync(cancellation);
        var tariff = Guid.CreateVersion7();
        await transaction.ExecuteAsync("insert into tariffs (id, name) values (@tariff, @name)", new { tariff, name = $"Tarif {tariff}" }, cancellation);
        for (var i = 0; i < versions.Length; i++)
            await TariffStore.AddVersionAsync(transaction, new TariffVersion(tariff, i + 1, versions[i].ValidFrom, versions[i].Prices), "test", cancellation);
        await transaction.ExecuteAsync(
            "insert into tariff_assignments (tenant, number, tariff_id, from_day, created_by) values (@tenant, 1, @tariff, @from, 'test')",
            new { tenant, tariff, from }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Orders the closing and waits for the tenant's statement.</summary>
    public static async Task<JsonNode> CloseAsync(ServiceProcess service, string tenant, string month)
    {
        using var technician = service.ClientFor("betrieb", "otto", "operator");
        await technician.PostAsync("/api/billing/closings", new JsonObject { ["month"] = month }).OkAsync(HttpStatusCode.Accepted);
        var list = await UntilAsync(() => technician.GetAsync($"/api/billing/statements?tenant={tenant}&month={month}"), page => page["items"]!.AsArray().Count > 0);
        return await technician.GetAsync($"/api/billing/statements/{(string?)list["items"]![0]!["id"]}").OkAsync();
    }

    /// <summary>Asks until what comes back is as it should be, for two minutes.</summary>
    public static async Task<JsonNode> UntilAsync(Func<Task<HttpResponseMessage>> ask, Func<JsonNode, bool> isSo)
    {
        JsonNode? last = null;
        for (var i = 0; i < 1200; i++)
        {
            last = await ask().OkAsync();
            if (isSo(last))
                return last;
            await Task.Delay(100);
        }

        throw new TimeoutException("After two minutes it was still " + last);
    }

    public static async Task CaughtUpAsync(LedgerBed bed, string tenant)
    {
        for (var i = 0; i < 1200; i++)
        {
            if ((await bed.QueryAsync<bool>(
                    "select h.seq = w.seq from ledger_heads h join usage_day_watermarks w using (tenant) where h.tenant = @tenant", new { tenant })) is [true])
                return;
            await Task.Delay(100);
        }

        throw new TimeoutException("The days' sums did not catch up within two minutes.");
    }

    private static BillingCalendar CalendarOf(TimeProvider clock) => new(clock, Options.Create(new Billing.BillingOptions()));
}
