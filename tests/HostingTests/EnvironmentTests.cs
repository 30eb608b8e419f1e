using System.Security.Cryptography;
using System.Text;
using LLMoin.HostingTests.SmallPlatform;

namespace LLMoin.HostingTests;

public sealed class EnvironmentTests : IAsyncLifetime
{
    private readonly Dictionary<string, string?> _given = new()
    {
        ["Chat__QueueDeadline"] = "00:00:07",
        ["ConnectionStrings__messaging"] = "amqp://not-for-everybody",
        ["Parameters__greeting"] = "moin moin",
        ["ASPNETCORE_ENVIRONMENT"] = null,
    };

    private Platform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await Platform.StartAsync(environment: _given);

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_service_finds_every_replica_of_another_under_Aspires_names()
    {
        var front = await _platform.EnvironmentOfAsync("front");
        for (var replica = 0; replica < 2; replica++)
        {
            var urls = _platform.Instance("back-office", replica).Urls;
            Assert.Equal(urls["http"], front[$"services__back-office__http__{replica}"]);
            Assert.Equal(urls["h2"], front[$"services__back-office__h2__{replica}"]);
        }
        Assert.Equal(_platform.Instance("back-office").Urls["http"], front["BACK_OFFICE_HTTP"]);
        Assert.Equal("front", front["OTEL_SERVICE_NAME"]);
        Assert.StartsWith("service.instance.id=front-", front["OTEL_RESOURCE_ATTRIBUTES"], StringComparison.Ordinal);
        Assert.Equal("Production", front["ASPNETCORE_ENVIRONMENT"]);
    }

    [Fact]
    public async Task A_listener_with_a_variable_of_its_own_stays_out_of_the_urls()
    {
        var second = _platform.Instance("back-office", 1).Urls;
        var environment = await _platform.EnvironmentOfAsync("back-office", 1);
        Assert.Equal(second["http"], environment["ASPNETCORE_URLS"]);
        Assert.Equal(second["h2"], "http://127.0.0.1:" + environment["Http2__Port"]);
    }

    [Fact]
    public async Task Settings_of_the_runner_reach_the_services_but_its_connection_strings_and_parameters_do_not()
    {
        var front = await _platform.EnvironmentOfAsync("front");
        Assert.Equal("00:00:07", front["Chat__QueueDeadline"]);
        Assert.Equal("moin moin", front["Greeting"]);
        Assert.DoesNotContain(front.Keys, k => k.StartsWith("ConnectionStrings__", StringComparison.Ordinal) || k.StartsWith("Parameters__", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_gateway_signs_the_services_can_verify()
    {
        using var signer = ECDsa.Create();
        signer.ImportPkcs8PrivateKey(Convert.FromBase64String((await _platform.EnvironmentOfAsync("front"))["Internal__SigningKey"]), out _);
        using var verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(Convert.FromBase64String((await _platform.EnvironmentOfAsync("back-office"))["Internal__VerificationKey"]), out _);
        var message = "moin"u8.ToArray();
        Assert.True(verifier.VerifyData(message, signer.SignData(message, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
        Assert.Equal(256, verifier.KeySize);
    }

    [Fact]
    public void Only_the_owner_reads_the_state_the_secrets_and_the_logs()
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        string[] files = ["state.json", "secrets/internal-signing-key", "logs/front.log"];
        Assert.All(files, f => Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(_platform.Data, f))));
        Assert.Contains("front | Here I am.", File.ReadAllText(Path.Combine(_platform.Data, "logs/front.log")), StringComparison.Ordinal);
        Assert.Contains("back-office-1 | Here I am.", File.ReadAllText(Path.Combine(_platform.Data, "logs/back-office.log")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_state_file_tells_scripts_what_runs_where()
    {
        var state = _platform.State;
        Assert.Equal((_platform.Pid, true, _platform.Data), (state.RunnerPid, state.Ready, state.DataDirectory));
        Assert.Equal(_platform.Instance("front").Urls["http"], state.GatewayUrl);
        Assert.Equal(3, state.Resources.Count);
        Assert.All(state.Resources, r => Assert.Equal((InstanceState.Ready, 0), (r.State, r.Restarts)));
        Assert.All(state.Resources, r => Assert.Contains(r.Pid, Platform.ProcessesOf(state.RunId)));
        var text = File.ReadAllText(Path.Combine(_platform.Data, "state.json"), Encoding.UTF8);
        Assert.Contains("\"state\": \"ready\"", text, StringComparison.Ordinal);
    }
}
