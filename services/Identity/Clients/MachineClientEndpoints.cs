using LLMoin.ServiceDefaults;
using System.Security.Cryptography;
using LLMoin.Identity.Users;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Identity.Clients;

internal static class MachineClientEndpoints
{
    private const int MaxClientsOfOne = 200;

    public static void MapMachineClients(this RouteGroupBuilder api)
    {
        var clients = api.MapGroup("/clients").RequireAuthorization(policy => policy.RequireRole(Roles.TenantAdmin));
        clients.MapGet("", ListAsync);
        clients.MapPost("", CreateAsync);
        clients.MapDelete("/{id:guid}", DeleteAsync);
    }

    private static async Task<Results<Ok<Page<MachineClientView>>, ProblemResult>> ListAsync(
        Caller caller, TenantDatabase database, CancellationToken cancellation, int limit = Page.DefaultLimit, Guid? after = null)
    {
        if (Page.Check(limit) is { } problem)
            return problem;
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<MachineClient>(
            $"select {MachineClient.Columns} from machine_clients where id > @after order by id limit @limit + 1",
            new { after = after ?? Guid.Empty, limit }, cancellation);
        return TypedResults.Ok(Page.Of([.. rows.Select(MachineClientView.Of)], limit, client => client.Id.ToString()));
    }

    private static async Task<Results<Created<CreatedMachineClient>, ProblemResult>> CreateAsync(
        NewMachineClient asked, Caller caller, MachineClients clients, TenantDatabase database, TimeProvider clock, CancellationToken cancellation)
    {
        if (NewUser.CheckName(asked.Name, "name") is { } badName)
            return badName;
        if (asked.Roles is null or [])
            return new ProblemResult(ProblemType.InvalidRequest, "At least one role.", "roles", "Mindestens eine Rolle.");
        if (RoleGrants.Check(caller, asked.Roles) is { } problem)
            return problem;
        if (await CountAsync(caller, database, cancellation) >= MaxClientsOfOne)
            return new ProblemResult(ProblemType.Conflict, $"A tenant can have {MaxClientsOfOne} machine clients; delete one.", null,
                $"Ein Mandant kann {MaxClientsOfOne} technische Zugänge haben; bitte einen löschen.");

        var secret = MachineClients.NewSecret();
        var client = new MachineClient
        {
            Id = Guid.CreateVersion7(),
            Tenant = caller.Tenant,
            ClientId = $"{caller.Tenant}-{RandomNumberGenerator.GetHexString(12, lowercase: true)}",
            Name = asked.Name!.Trim(),
            Roles = [.. asked.Roles.Distinct()],
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        await clients.CreateAsync(client, secret, cancellation);
        return TypedResults.Created($"/api/identity/clients/{client.Id}", new CreatedMachineClient(MachineClientView.Of(client), secret));
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(
        Guid id, Caller caller, MachineClients clients, CancellationToken cancellation)
        => await clients.DeleteAsync(caller.Tenant, caller.UserId, id, cancellation)
            ? TypedResults.NoContent()
            : new ProblemResult(ProblemType.NotFound);

    private static async Task<long> CountAsync(Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.SingleAsync<long>("select count(*) from machine_clients", null, cancellation);
    }
}
