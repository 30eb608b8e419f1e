using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults.Database;
using Npgsql;

namespace LLMoin.Billing.Ledger;

/// <summary>How entries get into <c>usage_ledger</c>: as arrays, one statement a batch (COPY is refused where row-level security holds); and out again.</summary>
internal static class LedgerTable
{
    /// <summary>In the order in which <see cref="Read"/> expects them.</summary>
    public const string Columns =
        """
        tenant, seq, month, usage_id, corrects, reason, user_id, department, api_key_id, kind, purpose, model, price_class, outcome,
        prompt_tokens, completion_tokens, pages, bytes, duration_ms, occurred_at, recorded_at, hash
        """;

    private const string Insert =
        $"""
        insert into usage_ledger ({Columns})
        select * from unnest(
          $1::text[], $2::bigint[], $3::date[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::uuid[], $10::text[], $11::text[], $12::text[],
          $13::text[], $14::text[], $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[], $19::bigint[], $20::timestamptz[], $21::timestamptz[], $22::bytea[])
        """;

    public static SealedEntry Read(NpgsqlDataReader row) => new(
        new LedgerEntry(
            row.GetString(0), row.GetInt64(1), BillingMonth.Of(row.GetFieldValue<DateOnly>(2)), row.GetGuid(3), Optional<Guid>(row, 4), row.GetString(6),
            row.GetString(7), Optional<Guid>(row, 8), row.GetString(9), row.GetString(10), row.GetString(11), row.GetString(12), row.GetString(13),
            row.GetInt64(14), row.GetInt64(15), row.GetInt64(16), row.GetInt64(17), Optional<long>(row, 18), row.GetDateTime(19)),
        row.IsDBNull(5) ? null : row.GetString(5), row.GetDateTime(20), row.GetFieldValue<byte[]>(21));

    /// <param name="transaction">Decides whose rows are seen.</param>
    /// <param name="condition">What follows <c>from usage_ledger</c>.</param>
    /// <param name="parameters">Its <c>$1</c>, <c>$2</c> …</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyList<SealedEntry>> QueryAsync(
        TenantTransaction transaction, string condition, IEnumerable<NpgsqlParameter> parameters, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select {Columns} from usage_ledger {condition}", transaction.Connection, transaction.Transaction);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var read = new List<SealedEntry>();
        while (await rows.ReadAsync(cancellation))
            read.Add(Read(rows));
        return read;
    }

    public static async Task InsertAsync(TenantTransaction transaction, IReadOnlyList<SealedEntry> rows, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync("select add_ledger_month(month) from unnest(@months) month",
            new { months = rows.Select(row => row.Entry.Month.FirstDay).Distinct().ToArray() }, cancellation);
        await using var command = new NpgsqlCommand(Insert, transaction.Connection, transaction.Transaction);
        Add(row => row.Entry.Tenant);
        Add(row => row.Entry.Seq);
        Add(row => row.Entry.Month.FirstDay);
        Add(row => row.Entry.UsageId);
        Add(row => row.Entry.Corrects);
        Add(row => row.Reason);
        Add(row => row.Entry.UserId);
        Add(row => row.Entry.Department);
        Add(row => row.Entry.ApiKeyId);
        Add(row => row.Entry.Kind);
        Add(row => row.Entry.Purpose);
        Add(row => row.Entry.Model);
        Add(row => row.Entry.PriceClass);
        Add(row => row.Entry.Outcome);
        Add(row => row.Entry.PromptTokens);
        Add(row => row.Entry.CompletionTokens);
        Add(row => row.Entry.Pages);
        Add(row => row.Entry.Bytes);
        Add(row => row.Entry.DurationMs);
        Add(row => row.Entry.OccurredAt);
        Add(row => row.RecordedAt);
        Add(row => row.Hash);
        await command.ExecuteNonQueryAsync(cancellation);

        void Add<T>(Func<SealedEntry, T> column) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. rows.Select(column)] });
    }

    private static T? Optional<T>(NpgsqlDataReader row, int column) where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
}
