using LLMoin.Billing.Editing;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Billing.CostCentres;

/// <param name="Centres">By the department's id what the tenant books it under; at most 1,000, of at most 40 characters.</param>
internal sealed record CostCentresInput(IReadOnlyDictionary<string, string> Centres);

/// <summary>The tenant's cost centres; statements made from then on name them.</summary>
internal static class CostCentresApi
{
    private const int Most = 1_000;
    private const int LongestDepartment = 100;
    private const int LongestCentre = 40;

    public static void MapCostCentres(this RouteGroupBuilder billing)
    {
        billing.MapGet("/cost-centres", GetAsync).RequireAuthorization(policy => policy.RequireRole(Roles.TenantAdmin, Roles.Auditor))
            .WithSummary("Which cost centre bears a department's shares; the ETag names the version (tenant-admin, auditor)");
        billing.MapPut("/cost-centres", PutAsync).RequireAuthorization(policy => policy.RequireRole(Roles.TenantAdmin))
            .WithSummary("Set the cost centres for statements to come; If-Match names the version read (tenant-admin)");
    }

    private static async Task<Ok<CostCentreMap>> GetAsync(HttpResponse response, Caller caller, BillingDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var map = await CostCentreStore.FindAsync(transaction, caller.Tenant, cancellation);
        response.Headers.ETag = VersionTag.Of(map.Version);
        return TypedResults.Ok(map);
    }

    private static async Task<Results<Ok<CostCentreMap>, ProblemResult>> PutAsync(
        CostCentresInput input, HttpContext context, Caller caller, BillingDatabase database, CancellationToken cancellation)
    {
        if (input.Centres.Count > Most || !input.Centres.All(pair => IsText(pair.Key, LongestDepartment) && IsText(pair.Value, LongestCentre)))
            return new ProblemResult(ProblemType.InvalidRequest,
                $"centres: at most {Most}, departments of 1 to {LongestDepartment} and cost centres of 1 to {LongestCentre} characters.", "centres",
                $"centres: höchstens {Most}, Abteilungen mit 1 bis {LongestDepartment} und Kostenstellen mit 1 bis {LongestCentre} Zeichen.");

        await using var transaction = await database.BeginAsync(caller, cancellation);
        var current = await CostCentreStore.FindAsync(transaction, caller.Tenant, cancellation);
        if (VersionTag.Check(context.Request, current.Version) is { } stale)
            return stale;
        if (!await CostCentreStore.SaveAsync(transaction, caller.Tenant, current.Version, input.Centres, cancellation))
            return VersionTag.StaleVersion(current.Version + 1);
        await transaction.CommitAsync(cancellation);
        var saved = new CostCentreMap(current.Version + 1, input.Centres);
        context.Response.Headers.ETag = VersionTag.Of(saved.Version);
        return TypedResults.Ok(saved);
    }

    private static bool IsText(string text, int longest) => text.Length >= 1 && text.Length <= longest && !text.Any(char.IsControl);
}
