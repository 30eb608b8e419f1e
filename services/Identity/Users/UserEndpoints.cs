using LLMoin.ServiceDefaults;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Identity.Users;

internal static class UserEndpoints
{
    public static void MapUsers(this RouteGroupBuilder api)
    {
        // An operator manages the people of the operator's own tenant; each tenant has its own administrators.
        var users = api.MapGroup("/users").RequireAuthorization(policy => policy.RequireRole(Roles.TenantAdmin, Roles.Operator));
        users.MapGet("", ListAsync);
        users.MapPost("", CreateAsync);
        users.MapPatch("/{id:guid}", ChangeAsync);
    }

    private static async Task<Results<Ok<Page<UserView>>, ProblemResult>> ListAsync(
        Caller caller, TenantDatabase database, CancellationToken cancellation, int limit = Page.DefaultLimit, Guid? after = null)
    {
        if (Page.Check(limit) is { } problem)
            return problem;
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<User>(
            $"select {UserDirectory.Columns} from users where id > @after order by id limit @limit + 1",
            new { after = after ?? Guid.Empty, limit }, cancellation);
        return TypedResults.Ok(Page.Of([.. rows.Select(UserView.Of)], limit, user => user.Id.ToString()));
    }

    private static async Task<Results<Created<CreatedUser>, ProblemResult>> CreateAsync(
        NewUser asked, Caller caller, TenantDatabase database, UserDirectory users, OutboxSignal outbox, CancellationToken cancellation)
    {
        if ((asked.Check() ?? RoleGrants.Check(caller, asked.Roles!)) is { } problem)
            return problem;
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await users.CreateAsync(transaction, caller.Tenant, asked, cancellation) is not { } created)
            return new ProblemResult(ProblemType.Conflict, "A user of this name exists.", "userName", "Eine Person mit diesem Anmeldenamen gibt es schon.");
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        return TypedResults.Created($"/api/identity/users/{created.User.Id}", created);
    }

    private static async Task<Results<Ok<UserView>, ProblemResult>> ChangeAsync(
        Guid id, UserChange change, Caller caller, TenantDatabase database, OutboxSignal outbox, CancellationToken cancellation)
    {
        if (change.Name is { } name && NewUser.CheckName(name, "name") is { } badName)
            return badName;
        if (NewUser.CheckDepartments(change.Departments, "departments") is { } badDepartments)
            return badDepartments;

        await using var transaction = await database.BeginAsync(caller, cancellation);
        var user = await transaction.SingleAsync<User>(
            $"select {UserDirectory.Columns} from users where id = @id for update", new { id }, cancellation);
        if (user is null)
            return new ProblemResult(ProblemType.NotFound);
        if (Check(caller, user, change) is { } problem)
            return problem;

        user = user with
        {
            Name = change.Name?.Trim() ?? user.Name,
            Roles = change.Roles is { } roles ? [.. roles.Distinct()] : user.Roles,
            Departments = change.Departments is { } departments ? [.. departments.Distinct()] : user.Departments,
            Suspended = change.Suspended ?? user.Suspended,
        };
        await transaction.ExecuteAsync(
            "update users set name = @Name, roles = @Roles, departments = @Departments, suspended = @Suspended where id = @Id", user, cancellation);
        await UserDirectory.AnnounceAsync(transaction, user, cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        return TypedResults.Ok(UserView.Of(user));
    }

    private static ProblemResult? Check(Caller caller, User user, UserChange change)
    {
        // Else a tenant's administrator could shut out those who run the platform.
        if (user.Roles.Contains(Roles.Operator) && !caller.Is(Roles.Operator))
            return new(ProblemType.Forbidden, "Only an operator can change an operator.", null, "Nur der Betrieb kann jemanden vom Betrieb ändern.");
        if (change.Roles is { } roles && RoleGrants.Check(caller, [.. roles.Except(user.Roles)]) is { } problem)
            return problem;
        // Else the last administrator could lock the tenant out of itself.
        var loses = change.Roles is { } left
            && user.Roles.Any(role => role is Roles.TenantAdmin or Roles.Operator && !left.Contains(role));
        return user.Id.ToString() == caller.UserId && (change.Suspended is true || loses)
            ? new(ProblemType.Conflict, "Nobody can suspend themselves or drop their own administration; another administrator can.", null,
                "Niemand kann sich selbst sperren oder die eigene Verwaltungsrolle abgeben; eine andere verwaltende Person kann es.")
            : null;
    }
}
