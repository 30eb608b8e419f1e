using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LLMoin.HostingTests.SmallPlatform;

namespace LLMoin.HostingTests;

public sealed class RefusalTests
{
    [Fact]
    public async Task Without_any_server_the_runner_says_what_to_install()
    {
        await using var platform = Platform.Launch(arguments: ["--servers", "true"], environment: new()
        {
            ["LLMOIN_RABBITMQ_SBIN"] = "/nowhere",
            ["DOCKER_HOST"] = "unix:///nowhere.sock",
        });
        Assert.Equal(1, await platform.UntilExitedAsync());
        Assert.Contains("RabbitMQ is needed", platform.Output, StringComparison.Ordinal);
        Assert.Contains("sudo apt-get install rabbitmq-server", platform.Output, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings__messaging=amqp://", platform.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", platform.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_named_together_with_the_way_out()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await using var platform = Platform.Launch(arguments: ["--port", port]);
        Assert.Equal(1, await platform.UntilExitedAsync());
        Assert.Contains($"Port {port} is taken by another process. Choose another with --port N", platform.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_runner_on_the_same_data_refuses_and_harms_nothing()
    {
        await using var first = await Platform.StartAsync();
        var directory = first.Data;
        var second = Platform.Launch(directory);
        Assert.Equal(1, await second.UntilExitedAsync());
        Assert.Contains("Another run is using", second.Output, StringComparison.Ordinal);
        Assert.Equal(first.Pid, first.State.RunnerPid);
        Assert.Equal("ready", first.State.Resources[0].State.ToString().ToLowerInvariant());
    }
}
