using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace LLMoin.Identity.Account;

internal static class AccountSetup
{
    public static void AddAccountPages(this WebApplicationBuilder builder)
    {
        var https = builder.Configuration.GetValue<Uri>($"{IdentityOptions.Section}:{nameof(IdentityOptions.PublicUrl)}")?.Scheme == "https";
        var secure = https ? CookieSecurePolicy.Always : CookieSecurePolicy.None;

        builder.Services.AddAuthentication().AddCookie(SignInCookie.Scheme, cookie =>
        {
            cookie.Cookie.Name = SignInCookie.CookieName;
            cookie.Cookie.SecurePolicy = secure;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = SignInCookie.Lifetime;
            cookie.SlidingExpiration = false;
        });
        builder.Services.AddAntiforgery(form =>
        {
            form.Cookie.Name = "llmoin-form";
            form.Cookie.Path = "/account";
            form.Cookie.SecurePolicy = secure;
            form.SuppressXFrameOptionsHeader = true; // frame-ancestors says it, see PageSecurity
        });
        builder.Services.AddDataProtection().SetApplicationName("llmoin-identity");
        builder.Services.AddSingleton<KeyRing>();
        builder.Services.AddOptions<KeyManagementOptions>().Configure<KeyRing>((options, ring) => options.XmlRepository = ring);

        builder.Services.AddSingleton<Lockout>();
        builder.Services.AddSingleton<PasswordSignIn>();
    }

    public static void MapAccountPages(this WebApplication app)
    {
        var account = app.MapGroup("/account").AllowAnonymous().ExcludeFromDescription().AddEndpointFilter<PageSecurity>();
        account.MapGet("/login", LoginEndpoints.ShowAsync);
        account.MapPost("/login", LoginEndpoints.SignInAsync);
        account.MapGet("/logout", LogoutEndpoints.ShowAsync);
        account.MapPost("/logout", LogoutEndpoints.SignOutAsync);
        account.MapGet("/account.css", Stylesheet.Get);
    }
}
