using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Billing.Tariffs;

/// <param name="Tenant">To whom.</param>
/// <param name="TariffId">Which tariff.</param>
/// <param name="From">First day: today or later; tomorrow where the tenant used something today; a tenant's first: in the running month.</param>
/// <param name="Until">The first day it no longer holds; absent: until another assignment begins.</param>
/// <param name="DiscountBasisPoints">Hundredths of a percent, in place of the tariff's; absent: that.</param>
internal sealed record NewAssignment(string Tenant, Guid TariffId, DateOnly From, DateOnly? Until = null, int? DiscountBasisPoints = null);

internal sealed record Assignment(
    string Tenant, int Number, Guid TariffId, DateOnly From, DateOnly? Until, int? DiscountBasisPoints, string CreatedBy, DateTime CreatedAt);

/// <summary>Who has which tariff from when on. Never changed: of two that begin on the same day the later one counts.</summary>
internal static class AssignmentsApi
{
    private const string Columns =
        """
        tenant, number, tariff_id, from_day as "from", until_day as until, discount_basis_points, created_by, created_at
        """;

    public static async Task<Results<Created<Assignment>, ProblemResult>> CreateAsync(
        NewAssignment asked, Caller caller, BillingDatabase database, BillingCalendar calendar, CancellationToken cancellation)
    {
        if (asked.Tenant.Length is 0 or > 100 || asked.Tenant.Any(char.IsControl))
            return TariffProblems.Wrong("tenant", "a tenant's short name", "der Kurzname eines Mandanten");
        if (asked.Until <= asked.From)
            return TariffProblems.Wrong("until", "after from", "nach from");
        if (asked.DiscountBasisPoints is < 0 or > 10_000)
            return TariffProblems.Wrong("discountBasisPoints", "0 to 10000 hundredths of a percent", "0 bis 10000 Hundertstel Prozent");

        await using var transaction = await database.BeginForOperatorAsync(caller, cancellation);
        // One at a time for each tenant, so that "the first" is one.
        await transaction.ExecuteAsync("select pg_advisory_xact_lock(hashtext('tariff-assignments'), hashtext(@Tenant))", new { asked.Tenant }, cancellation);
        var versions = await TariffStore.VersionsAsync(transaction, asked.TariffId, cancellation);
        if (versions.Count == 0)
            return TariffProblems.NotFound;
        if (versions.Min(version => version.ValidFrom) is var first && first > asked.From)
            return TariffProblems.NoPriceYet(first);
        if (await PriceGuard.CheckAsync(transaction, asked.Tenant, asked.From, calendar, cancellation) is { } problem)
            return problem;

        var row = await transaction.SingleAsync<AssignmentRow>(
            $"""
             insert into tariff_assignments (tenant, number, tariff_id, from_day, until_day, discount_basis_points, created_by)
             select @Tenant, coalesce(max(number), 0) + 1, @TariffId, @From, @Until, @DiscountBasisPoints, @UserId from tariff_assignments where tenant = @Tenant
             returning {Columns}
             """, new { asked.Tenant, asked.TariffId, asked.From, asked.Until, asked.DiscountBasisPoints, caller.UserId }, cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Created($"/api/billing/tariff-assignments?tenant={Uri.EscapeDataString(asked.Tenant)}", row!.ToAssignment());
    }

    /// <summary>Operators ask for any tenant's, others see their own.</summary>
    public static async Task<Results<Ok<Page<Assignment>>, ProblemResult>> ListAsync(
        Caller caller, BillingDatabase database, CancellationToken cancellation, string? tenant = null, int limit = Page.DefaultLimit, int? after = null)
    {
        if (Page.Check(limit) is { } problem)
            return problem;
        await using var transaction = await database.BeginToReadAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<AssignmentRow>(
            $"""
             select {Columns} from tariff_assignments where tenant = @of and (@after::int is null or number < @after) order by number desc limit @limit + 1
             """, new { of = tenant ?? caller.Tenant, after, limit }, cancellation);
        var page = Page.Of(rows, limit, row => row.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return TypedResults.Ok(new Page<Assignment>([.. page.Items.Select(row => row.ToAssignment())], page.Next));
    }

    private sealed class AssignmentRow
    {
        public string Tenant { get; init; } = "";

        public int Number { get; init; }

        public Guid TariffId { get; init; }

        public DateOnly From { get; init; }

        public DateOnly? Until { get; init; }

        public int? DiscountBasisPoints { get; init; }

        public string CreatedBy { get; init; } = "";

        public DateTime CreatedAt { get; init; }

        public Assignment ToAssignment() => new(Tenant, Number, TariffId, From, Until, DiscountBasisPoints, CreatedBy, CreatedAt);
    }
}
