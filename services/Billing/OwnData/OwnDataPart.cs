using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using Npgsql;

namespace LLMoin.Billing.OwnData;

/// <summary>A table in which a person's id stands, as that person gets it.</summary>
/// <param name="Name">What the part is called in the export.</param>
/// <param name="Sql">The person's rows; parameters @tenant and @user.</param>
internal sealed record OwnDataPart(string Name, string Sql)
{
    public static readonly IReadOnlyList<OwnDataPart> All =
    [
        new("entries",
            """
            select seq, month, usage_id, corrects, reason, department, api_key_id, kind, purpose, model, price_class, outcome, prompt_tokens, completion_tokens,
              pages, bytes, duration_ms, occurred_at, recorded_at from usage_ledger where tenant = @tenant and user_id = @user order by occurred_at, seq
            """),
        new("days",
            """
            select month, day, department, purpose, model, price_class, kind, entries, failed, prompt_tokens, completion_tokens, pages, bytes
            from usage_days where tenant = @tenant and user_id = @user order by month, day, department, purpose, model, price_class, kind
            """),
        new("analytics",
            """
            select day, department, purpose, model, price_class, failed, uses, milliseconds, prompt_tokens, completion_tokens
            from analytics_days where tenant = @tenant and user_id = @user order by day, department, purpose, model, price_class, failed
            """),
    ];

    /// <summary>Reads row by row; however many there are, they are never all in memory.</summary>
    public async Task<NpgsqlDataReader> ReadAsync(TenantTransaction transaction, Caller caller, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql, transaction.Connection, transaction.Transaction)
        {
            Parameters = { new("tenant", caller.Tenant), new("user", caller.UserId) },
        };
        return await command.ExecuteReaderAsync(cancellation);
    }
}
