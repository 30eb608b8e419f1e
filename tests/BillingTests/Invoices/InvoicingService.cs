using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LLMoin.Billing;
using LLMoin.Billing.Months;
using LLMoin.Billing.Statements;
using LLMoin.ServiceBed;
using LLMoin.ServiceDefaults.Database;
using Npgsql;

namespace LLMoin.BillingTests.Invoices;

[CollectionDefinition(Name)]
public sealed class Invoicing : ICollectionFixture<InvoicingService>
{
    public const string Name = "Invoicing";
}

/// <summary>A billing process of an operator who has said who issues the invoices; ends with the tests that share it.</summary>
public sealed class InvoicingService(Servers servers) : IAsyncLifetime
{
    private static int _months;
    private NpgsqlDataSource? _source;

    public ServiceProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var seller = SampleStatements.Seller;
        Process = await servers.StartServiceAsync("Billing", ("Billing__Closing__AfterDays", "0"),
            ("Billing__Seller__Name", seller.Name), ("Billing__Seller__Street", seller.Address.Street), ("Billing__Seller__PostCode", seller.Address.PostCode),
            ("Billing__Seller__City", seller.Address.City), ("Billing__Seller__VatId", seller.VatId), ("Billing__Seller__ContactName", seller.Contact.Name),
            ("Billing__Seller__ContactTelephone", seller.Contact.Telephone), ("Billing__Seller__ContactMail", seller.Contact.Mail), ("Billing__Seller__Iban", seller.Iban));
        _source = NpgsqlDataSource.Create(Process.Setting("ConnectionStrings__billing"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
            await _source.DisposeAsync();
        if (Process is not null)
            await Process.DisposeAsync();
    }

    public HttpClient Operator() => Process.ClientFor("betrieb", "olga", "operator");

    /// <summary>One that no other test uses, since a month is invoiced as a whole.</summary>
    internal static BillingMonth NewMonth() => BillingMonth.Of(new DateOnly(2001, 1, 1).AddMonths(Interlocked.Increment(ref _months)));

    internal static string NewTenant() => "t" + Guid.NewGuid().ToString("n")[..12];

    /// <summary>As the closing of a month stores it.</summary>
    internal async Task<Statement> CloseAsync(string tenant, BillingMonth month, params StatementLine[] lines)
    {
        var statement = SampleStatements.Statement(tenant, lines) with { Month = month };
        await using var transaction = await new BillingDatabase(new TenantDatabase(_source!)).BeginForAllAsync(CancellationToken.None);
        await StatementStore.AddAsync(transaction, statement, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return statement;
    }

    public static JsonObject Account(string name = "Stadt Musterhausen") => new()
    {
        ["legalName"] = name,
        ["address"] = new JsonObject { ["street"] = "Rathausplatz 1", ["postCode"] = "12345", ["city"] = "Musterhausen" },
        ["leitwegId"] = "04011000-1234512345-06",
    };

    public static async Task CreateAccountAsync(HttpClient technician, string tenant, string name = "Stadt Musterhausen")
    {
        using var response = await technician.PutAsJsonAsync($"/api/billing/accounts/{tenant}", Account(name));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    internal static Task<JsonNode> IssueAsync(HttpClient technician, BillingMonth month, bool again = false)
        => technician.PostAsync("/api/billing/invoices/issue", new JsonObject { ["month"] = month.ToString(), ["reissueCancelled"] = again }).OkAsync();

    /// <summary>As the table's owner sees all tenants.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var transaction = await new BillingDatabase(new TenantDatabase(_source!)).BeginForAllAsync(CancellationToken.None);
        return await transaction.QueryAsync<T>(sql, null, CancellationToken.None);
    }

    /// <summary>Whether something of the service waits for a lock.</summary>
    public async Task<bool> WaitsAsync() => (await QueryAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"))[0] > 0;

    public async Task ExecuteAsync(string sql)
    {
        await using var transaction = await new BillingDatabase(new TenantDatabase(_source!)).BeginForAllAsync(CancellationToken.None);
        await transaction.ExecuteAsync(sql, null, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }
}
