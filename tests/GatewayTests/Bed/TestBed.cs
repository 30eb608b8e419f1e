using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using LLMoin.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LLMoin.GatewayTests.Bed;

/// <summary>A gateway process with stub services around it, shared by the tests of one class.</summary>
public class TestBed : IAsyncLifetime
{
    private readonly ECDsa _internalKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _keys = Directory.CreateTempSubdirectory("llmoin-gateway-").FullName;

    public const string Dashboard = "http://dashboard.example:18888/";

    public StubIdentity Identity { get; } = new();

    public StubService Chat { get; } = new();

    public StubService Retrieval { get; } = new();

    public GatewayProcess Gateway { get; private set; } = null!;

    public Uri Address { get; } = new($"http://localhost:{ReservedPort.Free()}/");

    /// <summary>What a class's tests need otherwise than by default.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    public virtual async ValueTask InitializeAsync()
    {
        Identity.Issuer = Address.AbsoluteUri;
        await Identity.StartAsync();
        await Chat.StartAsync();
        await Retrieval.StartAsync();
        var settings = new Dictionary<string, string>
        {
            ["Gateway:PublicUrl"] = Address.AbsoluteUri,
            ["Gateway:DashboardUrl"] = Dashboard,
            ["Gateway:KeysDirectory"] = _keys,
            ["Internal:SigningKey"] = Convert.ToBase64String(_internalKey.ExportPkcs8PrivateKey()),
            ["services:identity:http:0"] = $"http://127.0.0.1:{Identity.Http1Port}",
            ["services:identity:h2:0"] = $"http://127.0.0.1:{Identity.Http2Port}",
            ["services:chat:http:0"] = $"http://127.0.0.1:{Chat.Http1Port}",
            ["services:chat:h2:0"] = $"http://127.0.0.1:{Chat.Http2Port}",
            ["services:retrieval:h2:0"] = $"http://127.0.0.1:{Retrieval.Http2Port}",
            // Nobody listens there.
            ["services:billing:h2:0"] = $"http://127.0.0.1:{ReservedPort.Free()}",
        };
        foreach (var (key, value) in Settings)
            settings[key] = value;
        Gateway = await GatewayProcess.StartAsync(Address, settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Identity.DisposeAsync();
        await Chat.DisposeAsync();
        await Retrieval.DisposeAsync();
        _internalKey.Dispose();
        Directory.Delete(_keys, recursive: true);
        GC.SuppressFinalize(this);
    }

    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A browser that has signed in, cookies and all.</summary>
    public async Task<HttpClient> BrowserAsync(StubUser user, CancellationToken cancellation)
    {
        Identity.AtTheKeyboard = user;
        var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = Address };
        using var page = await browser.GetAsync("/auth/login?returnUrl=/", cancellation);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return browser;
    }

    /// <summary>Checks the internal token as services do and returns what it says.</summary>
    public async Task<JsonWebToken> InternalIdentityAsync(Seen seen)
    {
        var header = seen.Headers["Authorization"];
        Assert.StartsWith("Bearer ", header, StringComparison.Ordinal);
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(header["Bearer ".Length..], new TokenValidationParameters
        {
            ValidIssuer = "llmoin-gateway",
            ValidAudience = "llmoin-services",
            IssuerSigningKey = new ECDsaSecurityKey(_internalKey),
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ClockSkew = TimeSpan.FromSeconds(10),
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        return (JsonWebToken)result.SecurityToken;
    }
}
