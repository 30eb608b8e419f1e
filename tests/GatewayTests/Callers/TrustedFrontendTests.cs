using System.Net;
using System.Security.Claims;
using System.Text;
using LLMoin.GatewayTests.Bed;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LLMoin.GatewayTests.Callers;

public sealed class TrustedFrontendTests(TrustedFrontendTests.Bed bed) : IClassFixture<TrustedFrontendTests.Bed>
{
    private const string Secret = "a secret of thirty-two bytes or more";
    private static readonly Guid Trusted = Guid.CreateVersion7();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_header_beside_a_listed_key_names_the_user()
    {
        var user = bed.Identity.AddUser("hamburg", "user", "source-manager");
        Assert.Equal(user.Id, await SubjectAsync(bed.TrustedKey, "signed", ("X-OpenWebUI-User-Jwt", Sign(user.Email))));
    }

    [Fact]
    public async Task Plain_headers_change_nothing()
    {
        var user = bed.Identity.AddUser();
        Assert.Equal(bed.Owner.Id, await SubjectAsync(bed.TrustedKey, "plain", ("X-OpenWebUI-User-Email", user.Email), ("X-OpenWebUI-User-Id", user.Id), ("X-OpenWebUI-User-Role", "admin")));
    }

    [Fact]
    public async Task A_signed_header_beside_another_key_changes_nothing()
    {
        var other = bed.Identity.AddUser();
        Assert.Equal(other.Id, await SubjectAsync(bed.Identity.AddKey(other), "unlisted", ("X-OpenWebUI-User-Jwt", Sign(bed.Identity.AddUser().Email))));
    }

    [Fact]
    public async Task A_forged_or_expired_header_or_a_user_of_another_tenant_is_refused()
    {
        var user = bed.Identity.AddUser();
        foreach (var jwt in new[]
        {
            Sign(user.Email, secret: new string('x', 40)), Sign(user.Email, expiresIn: TimeSpan.FromMinutes(-5)), Sign("nobody@example.org"),
            Sign(bed.Identity.AddUser("bremen").Email), "garbage",
        })
        {
            using var client = bed.Client(bed.TrustedKey);
            client.DefaultRequestHeaders.Add("X-OpenWebUI-User-Jwt", jwt);
            using var response = await client.GetAsync("/v1/models", Cancellation);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    private async Task<string> SubjectAsync(string key, string mark, params (string Name, string Value)[] headers)
    {
        using var client = bed.Client(key);
        client.DefaultRequestHeaders.Add("x-test", mark);
        foreach (var (name, value) in headers)
            client.DefaultRequestHeaders.Add(name, value);
        using var response = await client.GetAsync("/v1/models", Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await bed.InternalIdentityAsync(bed.Chat.Find(mark))).Subject;
    }

    private static string Sign(string email, string secret = Secret, TimeSpan? expiresIn = null) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "open-webui",
        Subject = new ClaimsIdentity([new Claim("sub", "owui-1"), new Claim("email", email), new Claim("role", "admin")]),
        Expires = DateTime.UtcNow + (expiresIn ?? TimeSpan.FromMinutes(5)),
        SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)), SecurityAlgorithms.HmacSha256),
    });

    public sealed class Bed : TestBed
    {
        public StubUser Owner { get; private set; } = null!;

        public string TrustedKey { get; } = "llmoin_" + new string('t', 43);

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["TrustedFrontends:Secret"] = Secret,
            ["TrustedFrontends:ApiKeyIds:0"] = Trusted.ToString(),
        };

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            Owner = Identity.AddUser();
            Identity.Keys[TrustedKey] = (Trusted, Owner.Id);
        }
    }
}
