namespace LLMoin.ServiceDefaults.InternalIdentity;

/// <summary>Claim names of every LLMoin token, internal or issued by the identity service (RFC 7519; OpenID Connect Core).</summary>
public static class IdentityClaims
{
    public const string Subject = "sub";
    public const string Name = "name";
    public const string Tenant = "tenant";
    public const string Role = "roles";
    public const string Department = "departments";
    public const string Mail = "email";
    public const string ApiKey = "key_id";
}

/// <summary>The roles of the platform.</summary>
public static class Roles
{
    public const string User = "user";
    public const string PromptEditor = "prompt-editor";
    public const string PromptApprover = "prompt-approver";
    public const string SourceManager = "source-manager";
    public const string TenantAdmin = "tenant-admin";
    public const string Operator = "operator";
    public const string Auditor = "auditor";

    /// <summary>Held by no person: the gateway asking in its own name, e.g. whether an API key is valid.</summary>
    public const string Gateway = "gateway";

    /// <summary>Who may see content that others share. Auditors and operators see figures only: they need one of these beside their own.</summary>
    public static readonly IReadOnlyList<string> Staff = [User, PromptEditor, PromptApprover, SourceManager, TenantAdmin];
}
