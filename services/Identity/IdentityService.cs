using LLMoin.Identity.Account;
using LLMoin.Identity.ApiKeys;
using LLMoin.Identity.Clients;
using LLMoin.Identity.OpenId;
using LLMoin.Identity.Seed;
using LLMoin.Identity.Tenants;
using LLMoin.Identity.Tenants.Settings;
using LLMoin.Identity.Users;
using LLMoin.Messaging.Events;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LLMoin.Identity;

internal static class IdentityService
{
    /// <summary>Nothing that this service takes is larger than a form with a long return address, but for a tenant's settings.</summary>
    private const long MaxBodyBytes = 64 * 1024;

    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBodyBytes);
        builder.Services.AddValidatedOptions<IdentityOptions>(IdentityOptions.Section);
        builder.AddDatabase("identity", typeof(IdentityService).Assembly);
        builder.AddEvents("identity");

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        builder.Services.AddSingleton<UserDirectory>();
        builder.Services.AddSingleton<MachineClients>();
        builder.Services.AddSingleton<ApiKeyStore>();
        builder.AddAccountPages();
        builder.AddOpenId();

        builder.Services.AddSingleton<BuiltInClients>();
        builder.Services.AddSingleton<DemoData>();
        builder.Services.AddSingleton<FirstAdmin>();
        builder.Services.AddHostedService<Seeder>();
    }

    /// <summary>
    /// Browsers and clients reach this service through the gateway under its public address, so every request counts as made to
    /// that address, whatever host name it arrives with: issuer, links and redirects follow from it.
    /// </summary>
    public static void UsePublicAddress(this WebApplication app)
    {
        var publicUrl = app.Services.GetRequiredService<IOptions<IdentityOptions>>().Value.PublicUrl;
        var host = HostString.FromUriComponent(publicUrl);
        app.Use((context, next) =>
        {
            context.Request.Scheme = publicUrl.Scheme;
            context.Request.Host = host;
            return next(context);
        });
    }

    public static void MapIdentity(this WebApplication app)
    {
        app.MapOpenId();
        app.MapAccountPages();

        var api = app.MapGroup("/api/identity");
        api.MapMe();
        api.MapUsers();
        api.MapUserChecks();
        api.MapApiKeys();
        api.MapApiKeyChecks();
        api.MapTenants();
        api.MapTenantSettings();
        api.MapMachineClients();
    }
}
