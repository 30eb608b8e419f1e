using LLMoin.Billing.Editing;
using LLMoin.Billing.Months;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Billing.Tariffs;

/// <param name="Name">1 to 120 characters, unique on the platform.</param>
/// <param name="ValidFrom">The first day of its prices: in the running month or later.</param>
/// <param name="Prices">Amounts in cents.</param>
internal sealed record NewTariff(string Name, DateOnly ValidFrom, PriceInput Prices);

/// <param name="ValidFrom">Today or later; where it was used today by somebody who has the tariff, tomorrow or later.</param>
/// <param name="Prices">Amounts in cents.</param>
internal sealed record NewTariffVersion(DateOnly ValidFrom, PriceInput Prices);

/// <param name="Versions">Newest first.</param>
internal sealed record Tariff(Guid Id, string Name, IReadOnlyList<TariffVersion> Versions);

internal sealed record TariffName(Guid Id, string Name);

/// <summary>Price lists: made and continued by operators, read by whoever has them. A version is never changed.</summary>
internal static class TariffsApi
{
    public static async Task<Results<Created<Tariff>, ProblemResult>> CreateAsync(
        NewTariff asked, HttpResponse response, Caller caller, BillingDatabase database, BillingCalendar calendar, CancellationToken cancellation)
    {
        if (asked.Name.Trim().Length is 0 or > 120 || asked.Name.Any(char.IsControl))
            return TariffProblems.Wrong("name", "1 to 120 characters", "1 bis 120 Zeichen");
        if (asked.Prices.Check() is { } problem)
            return problem;
        var earliest = calendar.Month.FirstDay;
        if (asked.ValidFrom < earliest)
            return TariffProblems.InPast("validFrom", earliest);

        await using var transaction = await database.BeginForOperatorAsync(caller, cancellation);
        var (id, name) = (Guid.CreateVersion7(), asked.Name.Trim());
        if (await transaction.ExecuteAsync("insert into tariffs (id, name) values (@id, @name) on conflict do nothing", new { id, name }, cancellation) == 0)
            return TariffProblems.NameTaken;
        var version = new TariffVersion(id, 1, asked.ValidFrom, asked.Prices.ToPrices());
        await TariffStore.AddVersionAsync(transaction, version, caller.UserId, cancellation);
        await transaction.CommitAsync(cancellation);
        response.Headers.ETag = VersionTag.Of(1);
        return TypedResults.Created($"/api/billing/tariffs/{id}", new Tariff(id, name, [version]));
    }

    public static async Task<Results<Created<Tariff>, ProblemResult>> AddVersionAsync(
        Guid id, NewTariffVersion asked, HttpContext context, Caller caller, BillingDatabase database, BillingCalendar calendar, CancellationToken cancellation)
    {
        if (asked.Prices.Check() is { } problem)
            return problem;
        if (asked.ValidFrom < calendar.Today)
            return TariffProblems.InPast("validFrom", calendar.Today);

        await using var transaction = await database.BeginForOperatorAsync(caller, cancellation);
        if (await FindAsync(transaction, id, cancellation) is not { } tariff)
            return TariffProblems.NotFound;
        var current = tariff.Versions[0].Version;
        if (VersionTag.Check(context.Request, current) is { } stale)
            return stale;
        if (asked.ValidFrom == calendar.Today && await PriceGuard.UsedTodayAsync(transaction, id, calendar, cancellation))
            return TariffProblems.UsedToday("validFrom", calendar.Today.AddDays(1));

        var version = new TariffVersion(id, current + 1, asked.ValidFrom, asked.Prices.ToPrices());
        if (!await TariffStore.AddVersionAsync(transaction, version, caller.UserId, cancellation))
            return VersionTag.StaleVersion(current + 1);
        await transaction.CommitAsync(cancellation);
        context.Response.Headers.ETag = VersionTag.Of(version.Version);
        return TypedResults.Created($"/api/billing/tariffs/{id}", tariff with { Versions = [version, .. tariff.Versions] });
    }

    public static async Task<Results<Ok<Tariff>, ProblemResult>> GetAsync(
        Guid id, HttpResponse response, Caller caller, BillingDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginToReadAsync(caller, cancellation);
        if (await FindAsync(transaction, id, cancellation) is not { } tariff)
            return TariffProblems.NotFound;
        response.Headers.ETag = VersionTag.Of(tariff.Versions[0].Version);
        return TypedResults.Ok(tariff);
    }

    public static async Task<Results<Ok<Page<TariffName>>, ProblemResult>> ListAsync(
        Caller caller, BillingDatabase database, CancellationToken cancellation, int limit = Page.DefaultLimit, Guid? after = null)
    {
        if (Page.Check(limit) is { } problem)
            return problem;
        await using var transaction = await database.BeginToReadAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<TariffName>(
            "select id, name from tariffs where (@after::uuid is null or id > @after) order by id limit @limit + 1", new { after, limit }, cancellation);
        return TypedResults.Ok(Page.Of(rows, limit, tariff => tariff.Id.ToString()));
    }

    /// <summary>What is charged today; of the caller's tenant.</summary>
    public static async Task<Results<Ok<Terms>, ProblemResult>> CurrentAsync(
        Caller caller, BillingDatabase database, BillingCalendar calendar, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return (await TariffStore.HistoryAsync(transaction, caller.Tenant, cancellation)).On(calendar.Today) is { } terms
            ? TypedResults.Ok(terms)
            : TariffProblems.NoneInForce;
    }

    private static async Task<Tariff?> FindAsync(TenantTransaction transaction, Guid id, CancellationToken cancellation)
    {
        var name = await transaction.SingleAsync<string>("select name from tariffs where id = @id", new { id }, cancellation);
        return name is null ? null : new Tariff(id, name, await TariffStore.VersionsAsync(transaction, id, cancellation));
    }
}
