using System.ComponentModel.DataAnnotations;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Identity.Users;

/// <param name="UserName">An e-mail address, up to 254 characters.</param>
/// <param name="Name">How the person is called, up to 200 characters.</param>
/// <param name="Roles">See <see cref="LLMoin.ServiceDefaults.InternalIdentity.Roles"/>.</param>
/// <param name="Password">12 to 128 characters; absent: one is made and shown once.</param>
/// <param name="Departments">Ids of the tenant's departments, at most 50; none where absent.</param>
internal sealed record NewUser(string? UserName, string? Name, IReadOnlyList<string>? Roles, string? Password = null, IReadOnlyList<string>? Departments = null)
{
    public const int MaxName = 200;
    private const int MaxUserName = 254;
    private const int MostDepartments = 50;
    private const int MaxDepartment = 100;
    private const int MinPassword = 12;
    private const int MaxPassword = 128;
    private static readonly EmailAddressAttribute Email = new();

    /// <param name="prefix">Where this stands in the body, e.g. <c>admin.</c></param>
    public ProblemResult? Check(string prefix = "")
    {
        if (string.IsNullOrWhiteSpace(UserName) || UserName.Length > MaxUserName || UserName.Any(char.IsControl) || !Email.IsValid(UserName.Trim()))
            return new(ProblemType.InvalidRequest, "An e-mail address.", prefix + "userName", "Eine E-Mail-Adresse.");
        if (CheckName(Name, prefix + "name") is { } problem)
            return problem;
        if (Roles is null)
            return new(ProblemType.InvalidRequest, "A list of roles.", prefix + "roles", "Eine Liste von Rollen.");
        if (Password is { } password && password.Length is < MinPassword or > MaxPassword)
            return new(ProblemType.InvalidRequest, $"{MinPassword} to {MaxPassword} characters.", prefix + "password", $"{MinPassword} bis {MaxPassword} Zeichen.");
        return CheckDepartments(Departments, prefix + "departments");
    }

    public static ProblemResult? CheckDepartments(IReadOnlyList<string>? departments, string field)
        => departments is null || (departments.Count <= MostDepartments && departments.All(IsDepartment))
            ? null
            : new(ProblemType.InvalidRequest, $"At most {MostDepartments} ids of 1 to {MaxDepartment} characters.", field,
                $"Höchstens {MostDepartments} Kennungen von 1 bis {MaxDepartment} Zeichen.");

    private static bool IsDepartment(string id) => !string.IsNullOrWhiteSpace(id) && id.Length <= MaxDepartment && !id.Any(char.IsControl);

    public static ProblemResult? CheckName(string? name, string field)
        => string.IsNullOrWhiteSpace(name) || name.Length > MaxName || name.Any(char.IsControl)
            ? new(ProblemType.InvalidRequest, $"1 to {MaxName} characters.", field, $"1 bis {MaxName} Zeichen.")
            : null;
}

/// <summary>Absent members stay as they are.</summary>
internal sealed record UserChange(string? Name, IReadOnlyList<string>? Roles, bool? Suspended, IReadOnlyList<string>? Departments);

internal sealed record UserView(Guid Id, string UserName, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Departments, bool Suspended)
{
    public static UserView Of(User user) => new(user.Id, user.UserName, user.Name, user.Roles, user.Departments, user.Suspended);
}

/// <param name="User">As stored.</param>
/// <param name="InitialPassword">Shown this once, where it was made here.</param>
internal sealed record CreatedUser(UserView User, string? InitialPassword);
