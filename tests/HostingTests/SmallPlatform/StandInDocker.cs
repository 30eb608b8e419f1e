using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace LLMoin.HostingTests.SmallPlatform;

/// <summary>
/// Stands in for Docker where there is none: an engine's socket that answers pings, and a client program that writes down its arguments
/// and then behaves like a broker in a container, in the foreground and up to the first frame.
/// </summary>
internal sealed class StandInDocker : IAsyncDisposable
{
    private readonly string _directory = Platform.NewDirectory();
    private readonly WebApplication _engine;

    private StandInDocker()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.ListenUnixSocket(Path.Combine(_directory, "docker.sock")));
        _engine = builder.Build();
        _engine.MapGet("/_ping", () => "OK");
    }

    public Dictionary<string, string?> Environment => new()
    {
        ["DOCKER_HOST"] = "unix://" + Path.Combine(_directory, "docker.sock"),
        ["PATH"] = _directory + ":" + System.Environment.GetEnvironmentVariable("PATH"),
        ["LLMOIN_RABBITMQ_SBIN"] = "/nowhere",
    };

    public string Arguments => File.ReadAllText(Path.Combine(_directory, "arguments"));

    public static async Task<StandInDocker> StartAsync()
    {
        var docker = new StandInDocker();
        await docker._engine.StartAsync();
        var client = Path.Combine(docker._directory, "docker");
        await File.WriteAllTextAsync(client, $"""
            #!/bin/sh
            echo "$*" > {docker._directory}/arguments
            {Program.Role}=docker exec {System.Environment.ProcessPath} "$@"
            """);
        File.SetUnixFileMode(client, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return docker;
    }

    public static async Task RunContainerAsync(string[] args)
    {
        var port = args[Array.IndexOf(args, "--publish") + 1].Split(':')[1];
        using var listener = new TcpListener(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
        listener.Start();
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync(new byte[] { 1 });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
