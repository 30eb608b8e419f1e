using System.ComponentModel.DataAnnotations;

namespace LLMoin.Retrieval.Sources.SharePoint;

/// <summary>Section <c>Retrieval:Sources:SharePoint</c>.</summary>
internal sealed class SharePointOptions : IValidatableObject
{
    /// <summary>Microsoft Graph; another address for a national cloud.</summary>
    public Uri Graph { get; init; } = new("https://graph.microsoft.com/v1.0/");

    /// <summary>Microsoft Entra ID; another address for a national cloud.</summary>
    public Uri SignIn { get; init; } = new("https://login.microsoftonline.com/");

    /// <summary>The app registration of each tenant that connects sites, by the tenant's name.</summary>
    public IReadOnlyDictionary<string, AppRegistration> Tenants { get; init; } = new Dictionary<string, AppRegistration>();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (address, key) in new[] { (Graph, "Graph"), (SignIn, "SignIn") })
        {
            if (!address.IsAbsoluteUri || !address.AbsolutePath.EndsWith('/') || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
                yield return new($"Retrieval:Sources:SharePoint:{key} is an https address that ends with /.");
        }

        foreach (var (tenant, app) in Tenants)
        {
            if (string.IsNullOrWhiteSpace(app.Directory) || string.IsNullOrWhiteSpace(app.ClientId) || string.IsNullOrWhiteSpace(app.ClientSecret))
                yield return new($"Retrieval:Sources:SharePoint:Tenants:{tenant} needs Directory, ClientId and ClientSecret.");
        }
    }
}

/// <summary>How the service signs in at one directory, as an app, in nobody's name.</summary>
internal sealed class AppRegistration
{
    /// <summary>The directory's (Entra tenant's) id.</summary>
    public string Directory { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";
}
