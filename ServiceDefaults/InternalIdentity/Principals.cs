namespace LLMoin.ServiceDefaults.InternalIdentity;

/// <summary>
/// Names of those who may be given something to read: a document names its readers so, and who asks has a set of them. It is readable
/// where the two overlap.
/// </summary>
public static class Principals
{
    /// <summary>Everybody in the tenant.</summary>
    public const string Tenant = "tenant";

    public const string UserPrefix = "user:";
    public const string RolePrefix = "role:";
    public const string DepartmentPrefix = "department:";

    /// <summary>Somebody by e-mail address, as connected sources know people.</summary>
    public const string MailPrefix = "mail:";

    /// <summary>A group of a connected source, mirrored from there: <c>group:&lt;source id&gt;/&lt;group id&gt;</c>.</summary>
    public const string GroupPrefix = "group:";

    public static string User(string subject) => UserPrefix + subject;

    public static string Role(string role) => RolePrefix + role;

    public static string Department(string id) => DepartmentPrefix + id;

    /// <param name="address">In any case: addresses are compared as mail systems do, without it.</param>
    public static string Mail(string address) => MailPrefix + address.Trim().ToLowerInvariant();

    public static string Group(Guid source, string id) => $"{GroupPrefix}{source}/{id}";

    /// <summary>What the signed identity alone says of somebody; memberships in a source's groups are known to retrieval's database.</summary>
    public static string[] Of(Caller caller)
    {
        string[] mail = string.IsNullOrWhiteSpace(caller.Mail) ? [] : [Mail(caller.Mail)];
        return [Tenant, User(caller.UserId), .. mail, .. caller.Roles.Select(Role), .. caller.Departments.Select(Department)];
    }
}
