using System.Text.RegularExpressions;
using LLMoin.Billing.Editing;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Billing.Accounts;

/// <summary>Operators edit accounts; a tenant's administrators and auditors read their own.</summary>
internal static partial class EditAccounts
{
    public static void AddAccounts(this IServiceCollection services) => services.AddValidatedOptions<SellerOptions>(SellerOptions.Section);

    public static void MapAccounts(this IEndpointRouteBuilder billing)
    {
        billing.MapGet("/account", OwnAsync).RequireAuthorization(policy => policy.RequireRole(Roles.TenantAdmin, Roles.Auditor))
            .WithSummary("One's own tenant's billing account (tenant-admin, auditor)");
        var accounts = billing.MapGroup("/accounts").RequireAuthorization(policy => policy.RequireRole(Roles.Operator));
        accounts.MapGet("", ListAsync).WithSummary("All billing accounts by tenant (operator)");
        accounts.MapGet("/{tenant}", GetAsync).WithSummary("A tenant's billing account; the ETag names its version (operator)");
        accounts.MapPut("/{tenant}", PutAsync).WithSummary("Create or replace a tenant's billing account; If-Match names the version it is based on (operator)");
    }

    private static async Task<Results<Ok<BillingAccount>, ProblemResult>> OwnAsync(
        Caller caller, HttpResponse response, BillingDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return Found(await AccountStore.FindAsync(transaction, caller.Tenant, cancellation), response);
    }

    private static async Task<Results<Ok<Page<BillingAccount>>, ProblemResult>> ListAsync(
        Caller caller, BillingDatabase database, CancellationToken cancellation, int limit = Page.DefaultLimit, string? after = null)
    {
        if (Page.Check(limit) is { } wrongLimit)
            return wrongLimit;
        await using var transaction = await database.BeginForOperatorAsync(caller, cancellation);
        return TypedResults.Ok(Page.Of(await AccountStore.ListAsync(transaction, limit + 1, after, cancellation), limit, account => account.Tenant));
    }

    private static async Task<Results<Ok<BillingAccount>, ProblemResult>> GetAsync(
        string tenant, Caller caller, HttpResponse response, BillingDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginForOperatorAsync(caller, cancellation);
        return Found(await AccountStore.FindAsync(transaction, tenant, cancellation), response);
    }

    private static async Task<Results<Ok<BillingAccount>, Created<BillingAccount>, ProblemResult>> PutAsync(
        string tenant, AccountInput input, Caller caller, HttpContext context, BillingDatabase database, TimeProvider clock, CancellationToken cancellation)
    {
        if (!TenantName().IsMatch(tenant))
            return new ProblemResult(ProblemType.InvalidRequest, "A tenant's short name.", "tenant", "Der Kurzname eines Mandanten.");
        if (input.Check() is { } wrong)
            return wrong;
        await using var transaction = await database.BeginForOperatorAsync(caller, cancellation);
        var current = await AccountStore.FindAsync(transaction, tenant, cancellation);
        // Who creates has nothing to name; who names a version of nothing has read something else.
        if ((current is not null || context.Request.Headers.IfMatch.Count > 0) && VersionTag.Check(context.Request, current?.Version ?? 0) is { } stale)
            return stale;
        var account = input.ToAccount(tenant, (current?.Version ?? 0) + 1, clock.GetUtcNow().UtcDateTime);
        if (!await AccountStore.SaveAsync(transaction, account, caller.UserId, cancellation))
            return VersionTag.StaleVersion(account.Version);
        await transaction.CommitAsync(cancellation);
        context.Response.Headers.ETag = VersionTag.Of(account.Version);
        return current is null ? TypedResults.Created($"/api/billing/accounts/{tenant}", account) : TypedResults.Ok(account);
    }

    private static Results<Ok<BillingAccount>, ProblemResult> Found(BillingAccount? account, HttpResponse response)
    {
        if (account is null)
            return new ProblemResult(ProblemType.NotFound, "The tenant has no billing account yet; an operator creates it.", "tenant",
                "Der Mandant hat noch kein Rechnungskonto; die Betreiberrolle legt es an.");
        response.Headers.ETag = VersionTag.Of(account.Version);
        return TypedResults.Ok(account);
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,62}\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex TenantName();
}
