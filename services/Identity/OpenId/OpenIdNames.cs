namespace LLMoin.Identity.OpenId;

/// <summary>Names that clients are configured with.</summary>
internal static class OpenIdNames
{
    /// <summary>The audience of every access token.</summary>
    public const string Audience = "llmoin";

    /// <summary>The scope that gives access to the platform's API.</summary>
    public const string ApiScope = "api";

    /// <summary>The gateway's browser sign-in: public, code with PKCE.</summary>
    public const string WebClient = "llmoin-web";

    /// <summary>For curl on a demo: public, password grant; exists only with demo users.</summary>
    public const string CommandLineClient = "llmoin-cli";

    public static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromMinutes(30);
}
