using LLMoin.Billing.CostCentres;
using LLMoin.Billing.Csv;
using LLMoin.Billing.Money;
using LLMoin.Billing.Months;
using LLMoin.Billing.Rating;
using LLMoin.Billing.Tariffs;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Statements;

/// <summary>What a month would cost if nothing more were used in it.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Month">The running one, unless another was asked for.</param>
/// <param name="Lines">As a statement's.</param>
/// <param name="Net">Their sum.</param>
/// <param name="LedgerSeq">The last entry of the tenant's chain that is counted in; the newest may lack for a second.</param>
internal sealed record StatementPreview(string Tenant, BillingMonth Month, IReadOnlyList<StatementLine> Lines, Cents Net, long LedgerSeq);

/// <summary>Statements: of any tenant for operators, else of the own.</summary>
internal static class StatementsApi
{
    private static readonly ProblemType Future = new("month-not-begun", 409, "The month has not begun", "Der Monat hat noch nicht begonnen");

    private static ProblemResult NotFound => new(ProblemType.NotFound, "No statement with this id is visible to you; GET /api/billing/statements lists them.", "id",
        "Keine Abrechnung mit dieser Kennung ist für Sie sichtbar; GET /api/billing/statements nennt sie.");

    public static async Task<Results<Ok<Page<StatementHead>>, ProblemResult>> ListAsync(
        Caller caller, BillingDatabase database, CancellationToken cancellation,
        string? tenant = null, string? month = null, int limit = Page.DefaultLimit, Guid? after = null)
    {
        if (Page.Check(limit) is { } problem)
            return problem;
        BillingMonth of = default;
        if (month is not null && !BillingMonth.TryParse(month, out of))
            return ClosingsApi.MonthWrong("month");
        await using var transaction = await database.BeginToReadAsync(caller, cancellation);
        var rows = await StatementStore.ListAsync(transaction, tenant, month is null ? null : of, after, limit, cancellation);
        return TypedResults.Ok(Page.Of(rows, limit, statement => statement.Id.ToString()));
    }

    public static async Task<Results<Ok<Statement>, ProblemResult>> GetAsync(Guid id, Caller caller, BillingDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginToReadAsync(caller, cancellation);
        return await StatementStore.FindAsync(transaction, id, cancellation) is { } statement ? TypedResults.Ok(statement) : NotFound;
    }

    public static async Task<Results<FileContentHttpResult, ProblemResult>> CsvAsync(
        Guid id, Caller caller, BillingDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginToReadAsync(caller, cancellation);
        return await StatementStore.FindAsync(transaction, id, cancellation) is { } statement
            ? TypedResults.File(StatementCsv.Of(statement).ToBytes(), CsvTable.ContentType, StatementCsv.FileName(statement))
            : NotFound;
    }

    public static async Task<Results<Ok<StatementPreview>, ProblemResult>> PreviewAsync(
        Caller caller, BillingDatabase database, BillingCalendar calendar, IOptions<BillingOptions> options, CancellationToken cancellation,
        string? tenant = null, string? month = null)
    {
        var of = calendar.Month;
        if (month is not null && !BillingMonth.TryParse(month, out of))
            return ClosingsApi.MonthWrong("month");
        if (of > calendar.Month)
            return new ProblemResult(Future, $"The latest is {calendar.Month}.", "month", $"Der letzte ist {calendar.Month}.");
        if (tenant is not null && tenant != caller.Tenant && !caller.Is(Roles.Operator))
            return new ProblemResult(ProblemType.Forbidden, "Only operators name a tenant.", "tenant", "Nur der Betrieb nennt einen Mandanten.");

        var whose = tenant ?? caller.Tenant;
        await using var transaction = await database.BeginToReadAsync(caller, cancellation);
        // The sums stand still while they are read, so that they are those of this entry.
        var seq = await transaction.SingleAsync<long?>("select seq from usage_day_watermarks where tenant = @whose for share", new { whose }, cancellation) ?? 0;
        var usage = await UsageReader.ProjectedAsync(transaction, whose, of, cancellation);
        var tariffs = await TariffStore.HistoryAsync(transaction, whose, cancellation);
        var centres = await CostCentreStore.FindAsync(transaction, whose, cancellation);
        var lines = StatementRating.Rate(tariffs, usage.Joined(options.Value.MinimumGroup), centres.Centres);
        return TypedResults.Ok(new StatementPreview(whose, of, lines, lines.Sum(line => line.Net), seq));
    }
}
