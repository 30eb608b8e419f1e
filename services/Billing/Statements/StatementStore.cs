using LLMoin.Billing.Money;
using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Billing.Statements;

/// <summary>Statements in the database, written once; see <c>005_statements.sql</c>.</summary>
internal static class StatementStore
{
    private const string Columns = "id, tenant, month, net, ledger_seq, ledger_hash, closed_at";

    /// <summary>In a transaction that sees every tenant.</summary>
    /// <exception cref="Npgsql.PostgresException">The tenant's month has a statement already.</exception>
    public static async Task AddAsync(TenantTransaction transaction, Statement statement, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync(
            $"insert into statements ({Columns}) values (@Id, @Tenant, @FirstDay, @Value, @LedgerSeq, @LedgerHash, @ClosedAt)",
            new { statement.Id, statement.Tenant, statement.Month.FirstDay, statement.Net.Value, statement.LedgerSeq, statement.LedgerHash, statement.ClosedAt },
            cancellation);
        await AddLinesAsync(transaction, statement, cancellation);
        await AddSharesAsync(transaction, statement, cancellation);
    }

    /// <returns>Null where the transaction sees none with this id.</returns>
    public static async Task<Statement?> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
    {
        if (await transaction.SingleAsync<StatementRow>($"select {Columns} from statements where id = @id", new { id }, cancellation) is not { } row)
            return null;
        var lines = await transaction.QueryAsync<LineRow>(
            """
            select line, kind, description, quantity, base_quantity, unit, unit_price, allowance, allowance_reason, net, tax
            from statement_lines where statement_id = @id order by line
            """, new { id }, cancellation);
        var shares = (await transaction.QueryAsync<ShareRow>(
            """select line, department, cost_centre, net from statement_shares where statement_id = @id order by line, department collate "C" """,
            new { id }, cancellation)).ToLookup(share => share.Line, share => new CostShare(share.Department, share.CostCentre, new Cents(share.Net)));
        return row.ToStatement([.. lines.Select(line => line.ToLine([.. shares[line.Line]]))]);
    }

    /// <summary>Newest month first, within it by tenant; up to one more than <paramref name="limit"/>, without lines.</summary>
    /// <param name="transaction">What it sees is listed.</param>
    /// <param name="tenant">Of this one alone; null: of all.</param>
    /// <param name="month">Of this one alone; null: of all.</param>
    /// <param name="after">The last one of the part before.</param>
    /// <param name="limit">Rows of this part.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyList<StatementHead>> ListAsync(
        TenantTransaction transaction, string? tenant, BillingMonth? month, Guid? after, int limit, CancellationToken cancellation)
        => [.. (await transaction.QueryAsync<StatementRow>(
            $"""
             select {Columns} from statements
             where (@tenant::text is null or tenant = @tenant) and (@first::date is null or month = @first)
               and (@after::uuid is null or (-(month - date '2000-01-01'), tenant) > (select -(last.month - date '2000-01-01'), last.tenant from statements last where last.id = @after))
             order by month desc, tenant limit @limit + 1
             """, new { tenant, first = month?.FirstDay, after, limit }, cancellation)).Select(row => row.ToHead())];

    private static Task<int> AddLinesAsync(TenantTransaction transaction, Statement statement, CancellationToken cancellation)
    {
        var lines = statement.Lines;
        return transaction.ExecuteAsync(
            """
            insert into statement_lines
              (statement_id, line, tenant, kind, description, quantity, base_quantity, unit, unit_price, allowance, allowance_reason, net, tax)
            select @Id, line.number, @Tenant, kind, description, quantity, base_quantity, unit, unit_price, allowance, allowance_reason, net, tax
            from unnest(@kinds, @descriptions, @quantities, @bases, @units, @prices, @allowances, @reasons, @nets, @taxes) with ordinality
              as line (kind, description, quantity, base_quantity, unit, unit_price, allowance, allowance_reason, net, tax, number)
            """,
            new
            {
                statement.Id,
                statement.Tenant,
                kinds = lines.Select(line => line.Kind).ToArray(),
                descriptions = lines.Select(line => line.Description).ToArray(),
                quantities = lines.Select(line => line.Quantity).ToArray(),
                bases = lines.Select(line => line.BaseQuantity).ToArray(),
                units = lines.Select(line => line.Unit).ToArray(),
                prices = lines.Select(line => line.UnitPrice.Value).ToArray(),
                allowances = lines.Select(line => line.Allowance.Value).ToArray(),
                reasons = lines.Select(line => line.AllowanceReason).ToArray(),
                nets = lines.Select(line => line.Net.Value).ToArray(),
                taxes = lines.Select(line => line.Tax.Name).ToArray(),
            }, cancellation);
    }

    private static Task<int> AddSharesAsync(TenantTransaction transaction, Statement statement, CancellationToken cancellation)
    {
        var shares = statement.Lines.SelectMany((line, index) => line.Shares.Select(share => (Line: index + 1, Share: share))).ToList();
        return transaction.ExecuteAsync(
            """
            insert into statement_shares (statement_id, line, department, tenant, cost_centre, net)
            select @Id, share.line, share.department, @Tenant, share.centre, share.net
            from unnest(@lines, @departments, @centres, @nets) share (line, department, centre, net)
            """,
            new
            {
                statement.Id,
                statement.Tenant,
                lines = shares.Select(share => share.Line).ToArray(),
                departments = shares.Select(share => share.Share.Department).ToArray(),
                centres = shares.Select(share => share.Share.CostCentre).ToArray(),
                nets = shares.Select(share => share.Share.Net.Value).ToArray(),
            }, cancellation);
    }

    private sealed record StatementRow(Guid Id, string Tenant, DateOnly Month, long Net, long LedgerSeq, string LedgerHash, DateTime ClosedAt)
    {
        public StatementHead ToHead() => new(Id, Tenant, BillingMonth.Of(Month), new Cents(Net), LedgerSeq, LedgerHash, ClosedAt);

        public Statement ToStatement(IReadOnlyList<StatementLine> lines)
            => new(Id, Tenant, BillingMonth.Of(Month), lines, new Cents(Net), LedgerSeq, LedgerHash, ClosedAt);
    }

    private sealed record LineRow(
        int Line, string Kind, string Description, long Quantity, long BaseQuantity, string Unit, long UnitPrice, long Allowance, string AllowanceReason, long Net,
        string Tax)
    {
        public StatementLine ToLine(IReadOnlyList<CostShare> shares)
            => new(Kind, Description, Quantity, BaseQuantity, Unit, new Cents(UnitPrice), new Cents(Allowance), AllowanceReason, new Cents(Net),
                Money.Tax.Named(Tax) ?? throw new InvalidOperationException("A stored line names no tax."), shares);
    }

    private sealed record ShareRow(int Line, string Department, string CostCentre, long Net);
}

/// <summary>A <see cref="Statement"/> without its lines, as lists show it.</summary>
internal sealed record StatementHead(Guid Id, string Tenant, BillingMonth Month, Cents Net, long LedgerSeq, string LedgerHash, DateTime ClosedAt);
