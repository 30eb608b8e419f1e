namespace LLMoin.Identity.Clients;

internal sealed record MachineClient
{
    public const string Columns = "id, tenant, client_id, name, roles, demo, created_at";

    /// <summary>The <c>sub</c> claim of its tokens.</summary>
    public required Guid Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>What it signs in as; unique across tenants.</summary>
    public required string ClientId { get; init; }

    public required string Name { get; init; }

    public required string[] Roles { get; init; }

    public bool Demo { get; init; }

    public required DateTime CreatedAt { get; init; }
}

/// <param name="Name">What it is, up to 200 characters.</param>
/// <param name="Roles">What it may do.</param>
internal sealed record NewMachineClient(string? Name, IReadOnlyList<string>? Roles);

internal sealed record MachineClientView(Guid Id, string ClientId, string Name, IReadOnlyList<string> Roles, DateTime CreatedAt)
{
    public static MachineClientView Of(MachineClient client) => new(client.Id, client.ClientId, client.Name, client.Roles, client.CreatedAt);
}

/// <param name="Client">As stored.</param>
/// <param name="ClientSecret">Shown this once.</param>
internal sealed record CreatedMachineClient(MachineClientView Client, string ClientSecret);
