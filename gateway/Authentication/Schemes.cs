namespace LLMoin.Gateway.Authentication;

/// <summary>Names of authentication schemes; each OpenID authority adds two of its own.</summary>
internal static class Schemes
{
    /// <summary>Picks one of the others by what the request carries.</summary>
    public const string Any = "any";

    /// <summary>API keys; also answers for every <c>Authorization</c> header that nobody can read.</summary>
    public const string ApiKey = "api-key";

    public const string Session = "session";

    public static string Bearer(OidcAuthority authority) => "bearer-" + authority.Name;

    public static string SignIn(OidcAuthority authority) => "sign-in-" + authority.Name;
}
