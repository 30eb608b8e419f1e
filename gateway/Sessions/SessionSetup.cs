using System.Globalization;
using LLMoin.Gateway.Authentication;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace LLMoin.Gateway.Sessions;

/// <summary>
/// The browser's session: one sealed cookie that no script can read, holding who signed in and since when. No token reaches the
/// page, and none is kept: the provider is asked again through <see cref="IdentityChecks"/>.
/// </summary>
internal static class SessionSetup
{
    private static readonly TimeSpan Idle = TimeSpan.FromHours(8);
    private static readonly TimeSpan Absolute = TimeSpan.FromHours(12);
    public const string CookieBaseName = "llmoin-session";
    public const string SecurePrefix = "__Host-";
    private const string Started = "started";

    public static void AddSessions(this WebApplicationBuilder builder)
    {
        var keys = Path.GetFullPath(builder.Configuration["Gateway:KeysDirectory"] ?? throw new InvalidOperationException("Gateway:KeysDirectory is missing."));
        CreatePrivate(keys);
        builder.Services.AddDataProtection().SetApplicationName("llmoin-gateway").PersistKeysToFileSystem(new DirectoryInfo(keys));

        builder.Services.AddAuthentication().AddCookie(Schemes.Session, options =>
        {
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.Path = "/";
            options.ExpireTimeSpan = Idle;
            options.SlidingExpiration = true;
            options.Events.OnSigningIn = context =>
            {
                context.Properties.Items[Started] = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            };
            options.Events.OnValidatePrincipal = ConfirmAsync;
        });
        builder.Services.AddOptions<CookieAuthenticationOptions>(Schemes.Session).Configure<IOptions<GatewayOptions>>((options, gateway) =>
        {
            // The prefix makes browsers refuse the cookie from a subdomain or over http (RFC 6265bis, section 4.1.3.2).
            options.Cookie.Name = (gateway.Value.IsHttps ? SecurePrefix : "") + CookieBaseName;
            options.Cookie.SecurePolicy = gateway.Value.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        });
    }

    private static async Task ConfirmAsync(CookieValidatePrincipalContext context)
    {
        var started = context.Properties.Items.TryGetValue(Started, out var written) && long.TryParse(written, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.MinValue;
        var authority = CallerSetup.Authorities(context.HttpContext.RequestServices.GetRequiredService<IConfiguration>())
            .FirstOrDefault(known => known.Name == context.Principal!.FindFirst(Callers.AuthorityClaim)?.Value);
        if (authority is null || DateTimeOffset.UtcNow - started > Absolute)
        {
            await EndAsync(context);
            return;
        }

        try
        {
            var checks = context.HttpContext.RequestServices.GetRequiredService<IdentityChecks>();
            if (await checks.RefreshAsync(context.Principal!, authority.IsBuiltIn, context.HttpContext.RequestAborted) is { } principal)
                context.ReplacePrincipal(principal);
            else
                await EndAsync(context);
        }
        catch (IdentityUnavailableException)
        {
            // The session stays: it is the check that failed, not the person.
            Refusals.IdentityIsDown(context.HttpContext);
            context.RejectPrincipal();
        }
    }

    private static Task EndAsync(CookieValidatePrincipalContext context)
    {
        context.RejectPrincipal();
        return context.HttpContext.SignOutAsync(Schemes.Session);
    }

    /// <summary>Whoever reads these keys can sign in as anybody.</summary>
    private static void CreatePrivate(string directory)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
