namespace LLMoin.Identity.Users;

/// <summary>A person with a password here.</summary>
internal sealed record User
{
    public required Guid Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>An e-mail address in lower case, unique across tenants.</summary>
    public required string UserName { get; init; }

    public required string Name { get; init; }

    public required string PasswordHash { get; init; }

    public required string[] Roles { get; init; }

    /// <summary>Ids of the tenant's departments that the person works in.</summary>
    public string[] Departments { get; init; } = [];

    public required bool Suspended { get; init; }

    public required bool Demo { get; init; }
}

/// <summary>A person or a machine that may act now: what becomes claims.</summary>
/// <param name="Id">The <c>sub</c> claim.</param>
/// <param name="Departments">None for a machine.</param>
/// <param name="Email">None for a machine.</param>
internal sealed record Subject(Guid Id, string Tenant, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Departments, string? Email = null)
{
    public static Subject Of(User user) => new(user.Id, user.Tenant, user.Name, user.Roles, user.Departments, user.UserName);
}
