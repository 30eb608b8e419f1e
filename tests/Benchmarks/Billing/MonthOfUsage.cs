using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Benchmarks.Billing;

/// <summary>
/// A month of entries as <c>generate_series</c> makes them, in the order of time with all tenants mixed: one Land with 40 % of them, one city with 20 %,
/// one with 10 %, and 60 municipalities with half a percent each. Somebody uses something 25 times a month in the mean. The hashes are SHA-256 of the row's
/// number, so as long and as random as real ones, but they chain nothing.
/// </summary>
internal static class MonthOfUsage
{
    public static readonly DateOnly FirstDay = new(2025, 3, 1);

    /// <summary>Rows of which each tenant gets as many as its share says.</summary>
    private const int Round = 200;
    private const int Batch = 1_000_000;

    private const string Insert =
        """
        insert into usage_ledger (tenant, seq, month, usage_id, user_id, department, kind, purpose, model, price_class, outcome,
          prompt_tokens, completion_tokens, pages, bytes, duration_ms, occurred_at, recorded_at, hash)
        select tenant, n / 200 * width + slot + 1, @FirstDay, md5(n::text)::uuid, case when kind = 'storage' then '' else 'user' || person end,
          'department' || person % 25, kind, case when n % 5 = 0 then 'summarise' else 'chat' end, model, class,
          case when n % 97 = 0 then 'failed' else 'completed' end, case when kind in ('answer', 'embedding') then 200 + n % 3000 else 0 end,
          case when kind = 'answer' then 50 + n % 700 else 0 end, case when kind = 'ingestion' then n % 40 else 0 end,
          case when kind = 'storage' then 1000000000 else 0 end, 4000, at, at, sha256(int8send(n))
        from (
          select n, case when s < 80 then 'land' when s < 120 then 'stadt-1' when s < 140 then 'stadt-2' else 'gemeinde-' || lpad((s - 139)::text, 2, '0') end as tenant,
            case when s < 80 then 80 when s < 120 then 40 when s < 140 then 20 else 1 end as width,
            case when s < 80 then s when s < 120 then s - 80 when s < 140 then s - 120 else 0 end as slot,
            (n * 7919 % greatest(@rows * case when s < 80 then 80 when s < 120 then 40 when s < 140 then 20 else 1 end / 200 / 25, 1))::int as person,
            case when n % 1000 = 0 then 'storage' when n % 100 = 1 then 'ingestion' when n % 10 = 2 then 'embedding' else 'answer' end as kind,
            case n % 3 when 0 then 'qwen3-4b' when 1 then 'qwen3-32b' else 'mistral-small' end as model,
            case n % 3 when 0 then 'klein' when 1 then 'gross' else 'mittel' end as class,
            timestamptz '2025-03-01 00:00 Europe/Berlin' + n * (interval '30 days 23 hours' / @rows) as at
          from (select n, (n * 73 % 200)::int as s from generate_series(@first, @last) n) numbered) entries
        """;

    public static async Task FillAsync(LLMoin.Billing.BillingDatabase database, long rows, CancellationToken cancellation)
    {
        for (var first = 0L; first < rows; first += Batch)
        {
            await using var transaction = await database.BeginForAllAsync(cancellation);
            await transaction.ExecuteAsync("select add_ledger_month(@FirstDay)", new { FirstDay }, cancellation);
            await transaction.ExecuteAsync(Insert, new { FirstDay, rows, first, last = Math.Min(first + Batch, rows) - 1 }, cancellation);
            await transaction.CommitAsync(cancellation);
            Console.Error.WriteLine($"{Math.Min(first + Batch, rows)} rows");
        }

        await using var heads = await database.BeginForAllAsync(cancellation);
        await heads.ExecuteAsync(
            "insert into ledger_heads (tenant, seq, hash) select distinct on (tenant) tenant, seq, hash from usage_ledger order by tenant, seq desc", null, cancellation);
        await AssignAsync(heads, cancellation);
        await heads.CommitAsync(cancellation);
    }

    /// <summary>A tariff with every component, its prices changing in the middle of the month.</summary>
    private static async Task AssignAsync(TenantTransaction transaction, CancellationToken cancellation)
        => await transaction.ExecuteAsync(
            """
            insert into tariffs (id, name) values ('00000000-0000-0000-0000-000000000001', 'Alles');
            insert into tariff_versions select '00000000-0000-0000-0000-000000000001', version, '2025-03-01'::date + (version - 1) * 15, jsonb_build_object(
              'users', jsonb_build_object('tiers', jsonb_build_array(jsonb_build_object('upTo', 100, 'price', 500), jsonb_build_object('upTo', null, 'price', 300)),
                'minimumCount', 10, 'trialMonths', 0, 'trialDays', 0),
              'tokens', jsonb_build_array(jsonb_build_object('priceClass', 'klein', 'prompt', 20 * version, 'completion', 60),
                jsonb_build_object('priceClass', 'mittel', 'prompt', 50 * version, 'completion', 150), jsonb_build_object('priceClass', 'gross', 'prompt', 90 * version, 'completion', 270)),
              'thousandPages', 100, 'storageGigabyte', 10, 'flat', 5000, 'minimum', 10000, 'discountBasisPoints', 250, 'tax', 'standard'), 'benchmark'
            from generate_series(1, 2) version;
            insert into tariff_assignments (tenant, number, tariff_id, from_day, created_by)
            select tenant, 1, '00000000-0000-0000-0000-000000000001', '2025-03-01', 'benchmark' from ledger_heads;
            """, null, cancellation);
}
