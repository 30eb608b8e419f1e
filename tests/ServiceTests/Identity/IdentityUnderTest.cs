using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceBed;
using Npgsql;

namespace LLMoin.ServiceTests.Identity;

/// <summary>The identity service with its demo data, as the gateway and clients reach it.</summary>
internal sealed class IdentityUnderTest(ServiceProcess process)
{
    public const string Password = "llmoin-demo";

    /// <summary>Not the process's own address: the service has to build on the gateway's.</summary>
    public static readonly Uri PublicUrl = new("http://localhost:8080/");

    private static readonly SemaphoreSlim Starting = new(1, 1);
    private static IdentityUnderTest? _demo;

    public ServiceProcess Process { get; } = process;

    /// <summary>One process for all tests that leave it as they found it.</summary>
    public static async Task<IdentityUnderTest> DemoAsync(Servers servers)
    {
        await Starting.WaitAsync();
        try
        {
            return _demo ??= await StartAsync(servers, demoUsers: true);
        }
        finally
        {
            Starting.Release();
        }
    }

    public static async Task<IdentityUnderTest> StartAsync(Servers servers, bool demoUsers, params (string Key, string Value)[] settings)
        => new(await servers.StartServiceAsync("Identity",
            [("Identity__PublicUrl", PublicUrl.ToString()), ("Identity__DemoUsers", demoUsers ? "true" : "false"), .. settings]));

    /// <summary>A client for somebody who exists: calls carry their real id.</summary>
    public async Task<HttpClient> AsAsync(string userName)
    {
        var claims = Claims(await PasswordTokenAsync(userName));
        var roles = claims.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!).ToArray();
        return Process.ClientFor(claims.GetProperty("tenant").GetString()!, claims.GetProperty("sub").GetString()!, roles);
    }

    public HttpClient AsGateway() => Process.ClientFor("platform", "gateway", Roles.Gateway);

    public async Task<string> UserIdAsync(string userName) => Claims(await PasswordTokenAsync(userName)).GetProperty("sub").GetString()!;

    public async Task<string> PasswordTokenAsync(string userName, string password = Password)
    {
        var answer = await TokenAsync(("grant_type", "password"), ("client_id", "llmoin-cli"), ("username", userName), ("password", password), ("scope", "api"));
        return answer.GetProperty("access_token").GetString()!;
    }

    /// <summary>The token endpoint's answer, good or bad.</summary>
    public async Task<JsonElement> TokenAsync(params (string Key, string Value)[] form)
    {
        using var client = Process.Anonymous();
        // Every call comes from an address of its own, so that one test's failures do not slow another's.
        client.DefaultRequestHeaders.Add("X-Forwarded-For", $"10.{Random.Shared.Next(256)}.{Random.Shared.Next(256)}.{Random.Shared.Next(256)}");
        return await TokenAsync(client, form);
    }

    public static async Task<JsonElement> TokenAsync(HttpClient client, params (string Key, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Key, field.Value)));
        using var response = await client.PostAsync("/connect/token", content, TestContext.Current.CancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public static AuthenticationHeaderValue Basic(string user, string secret)
        => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}")));

    public static JsonElement Claims(string jwt) => Part(jwt, 1);

    public static JsonElement Header(string jwt) => Part(jwt, 0);

    /// <summary>A connection below the service's code, as its own database role; <paramref name="tenant"/> as a transaction would set it.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(string? tenant)
    {
        var connection = new NpgsqlConnection(Process.Setting("ConnectionStrings__identity") + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        if (tenant is not null)
            await SqlAsync(connection, $"set app.tenant = '{tenant}'");
        return connection;
    }

    public static async Task<object?> SqlAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static JsonElement Part(string jwt, int index)
    {
        var part = jwt.Split('.')[index].Replace('-', '+').Replace('_', '/');
        return JsonSerializer.Deserialize<JsonElement>(Convert.FromBase64String(part.PadRight((part.Length + 3) / 4 * 4, '=')));
    }
}
