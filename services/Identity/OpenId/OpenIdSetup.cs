using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace LLMoin.Identity.OpenId;

/// <summary>The OpenID provider: which flows there are, how tokens look, who keeps them.</summary>
internal static class OpenIdSetup
{
    public static void AddOpenId(this WebApplicationBuilder builder)
    {
        var configured = builder.Configuration.GetSection(IdentityOptions.Section);
        var passwordGrant = configured.GetValue<bool>(nameof(IdentityOptions.DemoUsers));

        // It would log every statement.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Services.AddDbContext<OpenIdDb>((services, db) => db.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()));
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<OpenIdDb>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris("connect/authorize")
                    .SetTokenEndpointUris("connect/token")
                    .SetEndSessionEndpointUris("connect/logout");
                // RFC 9700, section 2.1.1: only S256.
                server.Configure(options => options.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain));
                server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange()
                    .AllowRefreshTokenFlow()
                    .AllowClientCredentialsFlow();
                if (passwordGrant)
                    server.AllowPasswordFlow();

                server.RegisterScopes(OpenIdNames.ApiScope, Scopes.Profile, Scopes.OfflineAccess);
                server.RegisterClaims(Claims.Name, "tenant", "roles");
                server.SetAccessTokenLifetime(OpenIdNames.AccessTokenLifetime);
                // The gateway and any API behind it read access tokens, as RFC 9068 means them.
                server.DisableAccessTokenEncryption();

                server.UseAspNetCore()
                    .EnableAuthorizationEndpointPassthrough()
                    .EnableTokenEndpointPassthrough()
                    .EnableEndSessionEndpointPassthrough()
                    // TLS ends in front of the gateway; that the public address is https, IdentityOptions checks.
                    .DisableTransportSecurityRequirement();
            });

        builder.Services.AddSingleton<TokenKeys>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TokenKeys>());
        builder.Services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, UseStoredKeys>();
        builder.Services.AddHostedService<Pruning>();
        builder.Services.AddScoped<TokenSubjects>();
    }

    public static void MapOpenId(this WebApplication app)
    {
        var connect = app.MapGroup("/connect").AllowAnonymous().ExcludeFromDescription();
        connect.MapMethods("/authorize", [HttpMethods.Get, HttpMethods.Post], AuthorizeEndpoint.HandleAsync);
        connect.MapPost("/token", TokenEndpoint.HandleAsync);
        connect.MapMethods("/logout", [HttpMethods.Get, HttpMethods.Post], (Delegate)EndSessionEndpoint.HandleAsync);
    }

    private sealed class UseStoredKeys(TokenKeys keys, IOptions<IdentityOptions> identity) : IConfigureOptions<OpenIddictServerOptions>
    {
        public void Configure(OpenIddictServerOptions options)
        {
            options.Issuer = identity.Value.PublicUrl;
            options.SigningCredentials.AddRange(keys.Signing);
            options.EncryptionCredentials.AddRange(keys.Encryption);
        }
    }
}
