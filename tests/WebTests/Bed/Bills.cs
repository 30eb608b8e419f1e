using System.Net.Http.Json;
using LLMoin.PlatformBed;
using Npgsql;

namespace LLMoin.WebTests.Bed;

/// <summary>What must be there before something can be billed for a month that is over.</summary>
internal static class Bills
{
    public const string LeitwegId = "04011000-1234512345-06";

    /// <summary>Who issues the invoices, as an operator configures it.</summary>
    public static readonly (string Key, string Value)[] Seller =
    [
        ("Billing__Seller__Name", "Rechenzentrum Nord AöR"), ("Billing__Seller__Street", "Hafenstraße 12"), ("Billing__Seller__PostCode", "20457"),
        ("Billing__Seller__City", "Hamburg"), ("Billing__Seller__VatId", "DE123456788"), ("Billing__Seller__ContactName", "Frau Öztürk"),
        ("Billing__Seller__ContactTelephone", "+49 40 1234567"), ("Billing__Seller__ContactMail", "rechnung@rz-nord.example"), ("Billing__Seller__Iban", "DE02120300000000202051"),
    ];

    /// <summary>A flat price of 50 € since last month, written past the service, which lets nobody price what is over; and whom to bill.</summary>
    public static async Task ContractAsync(PlatformRun platform, string tenant)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(platform.Postgres) { Database = "billing" }.ConnectionString);
        await using var contract = source.CreateCommand(
            """
            with tariff as (insert into tariffs (id, name) values (gen_random_uuid(), 'Grundpreis') returning id),
            version as (
              insert into tariff_versions
              select id, 1, date_trunc('month', now() - interval '1 month')::date,
                jsonb_build_object('tokens', '[]'::jsonb, 'thousandPages', 0, 'storageGigabyte', 0, 'flat', 5000, 'minimum', 0, 'discountBasisPoints', 0, 'tax', 'standard'), 'test'
              from tariff)
            insert into tariff_assignments (tenant, number, tariff_id, from_day, created_by)
            select $1, 1, id, date_trunc('month', now() - interval '1 month')::date, 'test' from tariff
            """);
        contract.Parameters.AddWithValue(tenant);
        await contract.ExecuteNonQueryAsync();

        using var olga = await platform.SignInAsync("olga@betrieb.example");
        using var account = await olga.PutAsJsonAsync($"/api/billing/accounts/{tenant}", new
        {
            legalName = "Freie und Hansestadt Hamburg",
            address = new { street = "Rathausmarkt 1", postCode = "20095", city = "Hamburg" },
            leitwegId = LeitwegId,
        });
        account.EnsureSuccessStatusCode();
    }
}
