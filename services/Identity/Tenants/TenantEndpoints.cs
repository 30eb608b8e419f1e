using LLMoin.ServiceDefaults;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Identity.Tenants;

/// <param name="Id">See <see cref="TenantName"/>.</param>
/// <param name="DisplayName">Up to 200 characters.</param>
/// <param name="Kind">One of <see cref="TenantKinds.Creatable"/>.</param>
/// <param name="Parent">The tenant above; absent for a Land.</param>
/// <param name="Admin">The new tenant's first administrator, without whom nobody can add users to it.</param>
internal sealed record NewTenant(string? Id, string? DisplayName, string? Kind, string? Parent, Users.NewUser? Admin);

/// <param name="Tenant">As stored.</param>
/// <param name="Admin">The administrator with the initial password, shown this once; null where none was asked for.</param>
internal sealed record CreatedTenant(Tenant Tenant, Users.CreatedUser? Admin);

internal static class TenantEndpoints
{
    public static void MapTenants(this RouteGroupBuilder api)
    {
        var tenants = api.MapGroup("/tenants");
        tenants.MapGet("", ListAsync);
        tenants.MapPost("", CreateAsync).RequireAuthorization(policy => policy.RequireRole(Roles.Operator));
    }

    private static async Task<Results<Ok<Page<Tenant>>, ProblemResult>> ListAsync(
        Caller caller, TenantDatabase database, CancellationToken cancellation, int limit = Page.DefaultLimit, string after = "")
    {
        if (Page.Check(limit) is { } problem)
            return problem;
        if (after != "" && !TenantName.IsValid(after))
            return new ProblemResult(ProblemType.InvalidRequest, "A tenant's id.", "after", "Die Kennung eines Mandanten.");
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (caller.Is(Roles.Operator))
            await transaction.ExecuteAsync("select set_config('app.operator', 'on', true)", null, cancellation);
        var rows = await transaction.QueryAsync<Tenant>(
            "select id, display_name, kind, parent from tenants where id > @after order by id limit @limit + 1",
            new { after, limit }, cancellation);
        return TypedResults.Ok(Page.Of(rows, limit, tenant => tenant.Id));
    }

    private static async Task<Results<Created<CreatedTenant>, ProblemResult>> CreateAsync(
        NewTenant asked, Caller caller, TenantDatabase database, Users.UserDirectory users, OutboxSignal outbox, CancellationToken cancellation)
    {
        if (Check(asked) is { } problem)
            return problem;
        var tenant = new Tenant { Id = asked.Id!, DisplayName = asked.DisplayName!.Trim(), Kind = asked.Kind!, Parent = asked.Parent };
        if (await ParentPathAsync(database, caller, tenant.Parent, cancellation) is not { } path)
            return new ProblemResult(ProblemType.InvalidRequest, "There is no such tenant.", "parent", "Diesen Mandanten gibt es nicht.");

        // Row-level security lets a tenant be written only by itself.
        await using var transaction = await database.BeginAsync(tenant.Id, caller.UserId, cancellation);
        if (!await transaction.CreateAsync(tenant, path, cancellation))
            return new ProblemResult(ProblemType.Conflict, "A tenant of this name exists.", "id", "Einen Mandanten mit diesem Namen gibt es schon.");
        Users.CreatedUser? admin = null;
        if (asked.Admin is { } first)
        {
            admin = await users.CreateAsync(transaction, tenant.Id, first with { Roles = [Roles.User, Roles.TenantAdmin] }, cancellation);
            if (admin is null)
                return new ProblemResult(ProblemType.Conflict, "A user of this name exists.", "admin.userName", "Eine Person mit diesem Anmeldenamen gibt es schon.");
        }
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        return TypedResults.Created("/api/identity/tenants", new CreatedTenant(tenant, admin));
    }

    private static ProblemResult? Check(NewTenant asked)
    {
        if (!TenantName.IsValid(asked.Id))
            return new(ProblemType.InvalidRequest, "2 to 40 of a-z, 0-9 and single hyphens.", "id", "2 bis 40 Zeichen: a–z, 0–9 und einzelne Bindestriche.");
        if (Users.NewUser.CheckName(asked.DisplayName, "displayName") is { } name)
            return name;
        if (asked.Kind is null || !TenantKinds.Creatable.Contains(asked.Kind))
            return new(ProblemType.InvalidRequest, $"One of {string.Join(", ", TenantKinds.Creatable)}.", "kind", $"Eines von {string.Join(", ", TenantKinds.Creatable)}.");
        if (asked.Parent is null != (asked.Kind == TenantKinds.Land))
            return new(ProblemType.InvalidRequest, "A Land has no parent; every other kind has one.", "parent",
                "Ein Land hat keinen übergeordneten Mandanten, alles andere hat einen.");
        return asked.Admin is { } admin && (admin with { Roles = [] }).Check(prefix: "admin.") is { } problem ? problem : null;
    }

    private static async Task<string[]?> ParentPathAsync(TenantDatabase database, Caller caller, string? parent, CancellationToken cancellation)
    {
        if (parent is null)
            return [];
        await using var transaction = await database.BeginAsync(parent, caller.UserId, cancellation);
        return await transaction.SingleAsync<string[]>("select path from tenants where id = @parent", new { parent }, cancellation);
    }
}
