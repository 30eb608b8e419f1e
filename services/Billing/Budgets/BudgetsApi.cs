using LLMoin.Billing.Editing;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LLMoin.Billing.Budgets;

/// <summary><c>/api/billing/budgets</c>: set by tenant-admin for the own tenant and by operators for any.</summary>
internal static class BudgetsApi
{
    public static async Task<Results<Ok<Page<BudgetView>>, ProblemResult>> ListAsync(
        Caller caller, BillingDatabase database, BudgetReader reader, CancellationToken cancellation, string? tenant = null, int limit = Page.DefaultLimit, Guid? after = null)
    {
        if (Page.Check(limit) is { } problem)
            return problem;
        await using var transaction = await database.BeginToReadAsync(caller, cancellation);
        var rows = await BudgetStore.ListAsync(transaction, tenant, limit + 1, after, cancellation);
        return TypedResults.Ok(Page.Of(await reader.ForOfficeAsync(transaction, rows, cancellation), limit, view => view.Id.ToString()));
    }

    public static async Task<Results<Ok<BudgetView>, ProblemResult>> GetAsync(
        Guid id, Caller caller, BillingDatabase database, BudgetReader reader, HttpResponse response, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginToReadAsync(caller, cancellation);
        return await BudgetStore.FindAsync(transaction, id, cancellation) is { } budget
            ? TypedResults.Ok(await ViewAsync(transaction, reader, budget, response, cancellation))
            : BudgetProblems.NotFound;
    }

    /// <summary>Those that bind the caller.</summary>
    public static async Task<Ok<IReadOnlyList<BudgetView>>> OwnAsync(Caller caller, BillingDatabase database, BudgetReader reader, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return TypedResults.Ok(await reader.BindingAsync(transaction, caller, cancellation));
    }

    public static async Task<Results<Created<BudgetView>, ProblemResult>> CreateAsync(
        NewBudget asked, HttpResponse response, Caller caller, BillingDatabase database, BudgetStore store, BudgetReader reader, IOptions<BillingOptions> options, CancellationToken cancellation)
    {
        if (asked.Check() is { } problem)
            return problem;
        var tenant = string.IsNullOrWhiteSpace(asked.Tenant) ? caller.Tenant : asked.Tenant.Trim();
        if (tenant != caller.Tenant && !caller.Is(Roles.Operator))
            return BudgetProblems.OtherTenant;

        var budget = asked.ToBudget(tenant, caller.Is(Roles.Operator), options.Value);
        await using var transaction = await database.BeginToReadAsync(caller, cancellation);
        if (!await store.AddAsync(transaction, budget, caller.UserId, cancellation))
            return BudgetProblems.Exists;
        var view = await ViewAsync(transaction, reader, budget, response, cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Created($"/api/billing/budgets/{budget.Id}", view);
    }

    public static async Task<Results<Ok<BudgetView>, ProblemResult>> ReplaceAsync(
        Guid id, BudgetTerms asked, HttpContext context, Caller caller, BillingDatabase database, BudgetStore store, BudgetReader reader, IOptions<BillingOptions> options,
        CancellationToken cancellation)
    {
        await using var transaction = await database.BeginToReadAsync(caller, cancellation);
        if (await BudgetStore.FindAsync(transaction, id, cancellation) is not { } budget)
            return BudgetProblems.NotFound;
        if (MayChange(caller, budget) is { } forbidden)
            return forbidden;
        if (asked.Check(budget.Unit) is { } problem)
            return problem;
        if (VersionTag.Check(context.Request, budget.Version) is { } stale)
            return stale;
        if (await store.ChangeAsync(transaction, asked.ApplyTo(budget, options.Value), caller.UserId, cancellation) is not { } changed)
            return VersionTag.StaleVersion(budget.Version + 1);
        var view = await ViewAsync(transaction, reader, changed, context.Response, cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.Ok(view);
    }

    public static async Task<Results<NoContent, ProblemResult>> DeleteAsync(
        Guid id, HttpRequest request, Caller caller, BillingDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginToReadAsync(caller, cancellation);
        if (await BudgetStore.FindAsync(transaction, id, cancellation) is not { } budget)
            return BudgetProblems.NotFound;
        if (MayChange(caller, budget) is { } forbidden)
            return forbidden;
        if (VersionTag.Check(request, budget.Version) is { } stale)
            return stale;
        if (!await BudgetStore.DeleteAsync(transaction, budget, cancellation))
            return VersionTag.StaleVersion(budget.Version + 1);
        await transaction.CommitAsync(cancellation);
        return TypedResults.NoContent();
    }

    /// <summary>The operator's and the tenant's budgets stand beside each other, both bind, and each is changed by who has set it.</summary>
    private static ProblemResult? MayChange(Caller caller, Budget budget) => budget.ByOperator == caller.Is(Roles.Operator) ? null
        : budget.ByOperator ? BudgetProblems.ByOperator
        : BudgetProblems.ByTenant;

    private static async Task<BudgetView> ViewAsync(TenantTransaction transaction, BudgetReader reader, Budget budget, HttpResponse response, CancellationToken cancellation)
    {
        response.Headers.ETag = VersionTag.Of(budget.Version);
        return (await reader.ForOfficeAsync(transaction, [budget], cancellation))[0];
    }
}
