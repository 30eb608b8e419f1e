using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LLMoin.Billing.Months;
using LLMoin.BillingTests.Ledger;
using LLMoin.BillingTests.Statements;
using LLMoin.ServiceBed;

namespace LLMoin.BillingTests.Tariffs;

public sealed class TariffsApiTests(Servers servers)
{
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task A_new_price_begins_after_what_was_used_and_the_versions_stay()
    {
        var service = await servers.ServiceAsync("Billing");
        await using var bed = await LedgerBed.StartAsync(servers);
        using var technician = service.ClientFor("betrieb", "otto", "operator");
        using var admin = service.ClientFor(_tenant, "adam", "tenant-admin");
        var today = await ClosingBed.TodayAsync();
        var first = BillingMonth.Of(today).FirstDay;
        var name = "Kommune " + _tenant;

        var tariff = await technician.PostAsync("/api/billing/tariffs", Tariff(name, first, 100)).OkAsync(HttpStatusCode.Created);
        var id = (string)tariff["id"]!;
        await technician.PostAsync("/api/billing/tariffs", Tariff(name, first, 100)).ProblemAsync(HttpStatusCode.Conflict, "name-taken", "name");
        await admin.GetAsync($"/api/billing/tariffs/{id}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await admin.GetAsync("/api/billing/tariffs/current").ProblemAsync(HttpStatusCode.NotFound, "not-found");

        // The first assignment may begin with the running month, later ones not before today.
        await technician.PostAsync("/api/billing/tariff-assignments", Assignment(id, first.AddDays(-1))).ProblemAsync(HttpStatusCode.Conflict, "no-price-yet", "from");
        await technician.PostAsync("/api/billing/tariff-assignments", Assignment(id, first)).OkAsync(HttpStatusCode.Created);
        await technician.PostAsync("/api/billing/tariff-assignments", Assignment(id, today)).OkAsync(HttpStatusCode.Created);
        await bed.Writer.AppendAsync([LedgerBed.Answer(_tenant)], TestContext.Current.CancellationToken);
        await technician.PostAsync("/api/billing/tariff-assignments", Assignment(id, today)).ProblemAsync(HttpStatusCode.Conflict, "price-in-past", "from");
        Assert.Equal(100, (int)(await admin.GetAsync("/api/billing/tariffs/current").OkAsync())["prices"]!["flat"]!);

        // So do new versions.
        await AddVersionAsync(technician, id, today.AddDays(1), 200, null).ProblemAsync(HttpStatusCode.PreconditionRequired, "version-required", "If-Match");
        await AddVersionAsync(technician, id, today.AddDays(-1), 200, "\"1\"").ProblemAsync(HttpStatusCode.Conflict, "price-in-past", "validFrom");
        await AddVersionAsync(technician, id, today, 200, "\"1\"").ProblemAsync(HttpStatusCode.Conflict, "price-in-past", "validFrom");
        await AddVersionAsync(technician, id, today.AddDays(1), 200, "\"1\"").OkAsync(HttpStatusCode.Created);
        await AddVersionAsync(technician, id, today.AddDays(1), 300, "\"1\"").ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version", "If-Match");

        var versions = (await admin.GetAsync($"/api/billing/tariffs/{id}").OkAsync())["versions"]!.AsArray();
        Assert.Equal([(2, 200), (1, 100)], versions.Select(version => ((int)version!["version"]!, (int)version["prices"]!["flat"]!)));
        Assert.Equal(100, (int)(await admin.GetAsync("/api/billing/tariffs/current").OkAsync())["prices"]!["flat"]!);
        Assert.Equal(2, (await admin.GetAsync("/api/billing/tariff-assignments").OkAsync())["items"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"flat": -1}""", "prices.flat")]
    [InlineData("""{"tax": "sales"}""", "prices.tax")]
    [InlineData("""{"discountBasisPoints": 10001}""", "prices.discountBasisPoints")]
    [InlineData("""{"tokens": [{"priceClass": "a", "prompt": 1, "completion": 1}, {"priceClass": "a", "prompt": 1, "completion": 1}]}""", "prices.tokens")]
    [InlineData("""{"users": {"tiers": [], "minimumCount": 0, "trialMonths": 0, "trialDays": 0}}""", "prices.users.tiers")]
    [InlineData("""{"users": {"tiers": [{"upTo": 9, "price": 1}, {"upTo": 9, "price": 1}, {"price": 1}], "minimumCount": 0, "trialMonths": 0, "trialDays": 0}}""", "prices.users.tiers")]
    public async Task A_price_list_that_cannot_be_charged_is_refused_by_its_field(string prices, string field)
    {
        var service = await servers.ServiceAsync("Billing");
        using var technician = service.ClientFor("betrieb", "otto", "operator");
        var tariff = new JsonObject { ["name"] = _tenant, ["validFrom"] = Text(ClosingBed.Calendar.Today), ["prices"] = JsonNode.Parse(prices) };

        await technician.PostAsync("/api/billing/tariffs", tariff).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", field);
    }

    private JsonObject Assignment(string tariff, DateOnly from) => new() { ["tenant"] = _tenant, ["tariffId"] = tariff, ["from"] = Text(from) };

    private static JsonObject Tariff(string name, DateOnly from, int flat)
        => new() { ["name"] = name, ["validFrom"] = Text(from), ["prices"] = new JsonObject { ["flat"] = flat } };

    private static async Task<HttpResponseMessage> AddVersionAsync(HttpClient client, string id, DateOnly from, int flat, string? ifMatch)
    {
        var body = new JsonObject { ["validFrom"] = Text(from), ["prices"] = new JsonObject { ["flat"] = flat } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/billing/tariffs/{id}/versions")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(request);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
