using System.Text;
using LLMoin.HostingTests.SmallPlatform;
using Npgsql;
using RabbitMQ.Client;

namespace LLMoin.HostingTests;

public sealed class ServerTests
{
    [Fact]
    public async Task Private_servers_keep_their_data_over_a_kill_and_leave_nothing_behind()
    {
        var data = Platform.NewDirectory();
        var first = await Platform.StartAsync(data, ["--servers", "true"]);
        var run = first.State.RunId;
        var environment = await first.EnvironmentOfAsync("back-office");
        await WriteAsync(environment);
        Assert.Contains("epmd", Commands(run), StringComparison.Ordinal);

        ChildProcess.Send(first.Pid, Signal.Kill);
        await first.UntilExitedAsync();
        Assert.Empty(await Platform.LeftOverAsync(run));

        await using var second = await Platform.StartAsync(data, ["--servers", "true"]);
        await ReadBackAsync(await second.EnvironmentOfAsync("back-office"));

        // A broker that dies comes back at the same address.
        var (broker, address) = (second.Instance("messaging").Pid, second.State.ConnectionStrings["messaging"]);
        ChildProcess.Send(broker, Signal.Kill);
        await second.UntilAsync(s => s.Resources.Single(r => r.Name == "messaging") is { Restarts: 1, State: InstanceState.Ready });
        Assert.Equal(address, second.State.ConnectionStrings["messaging"]);
        await using (await ConnectAsync(address!)) { }

        run = second.State.RunId;
        ChildProcess.Send(second.Pid, Signal.Terminate);
        Assert.Equal(0, await second.UntilExitedAsync());
        Assert.Empty(Platform.ProcessesOf(run));
    }

    [Fact]
    public async Task Given_servers_are_used_as_they_are()
    {
        var directory = Platform.NewDirectory();
        await using var postgres = await PrivatePostgres.StartAsync(Path.Combine(directory, "postgres"), cancellation: TestContext.Current.CancellationToken);
        await using var platform = await Platform.StartAsync(directory, ["--servers", "true"], new()
        {
            ["ConnectionStrings__messaging"] = "amqp://guest:guest@broker.example/llmoin",
            ["ConnectionStrings__postgres"] = postgres.ConnectionString,
        });
        var environment = await platform.EnvironmentOfAsync("back-office");
        Assert.Equal("amqp://guest:guest@broker.example/llmoin", environment["ConnectionStrings__messaging"]);
        Assert.Equal(postgres.Port, new NpgsqlConnectionStringBuilder(environment["ConnectionStrings__notes"]).Port);
        Assert.DoesNotContain("beam", Commands(platform.State.RunId), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_installed_a_container_serves_and_is_stopped_with_the_rest()
    {
        await using var docker = await StandInDocker.StartAsync();
        await using var platform = await Platform.StartAsync(arguments: ["--servers", "true"], environment: docker.Environment);
        var (run, address) = (platform.State.RunId, new Uri(platform.State.ConnectionStrings["messaging"]!));
        Assert.Contains($"--publish 127.0.0.1:{address.Port}:5672 ", docker.Arguments, StringComparison.Ordinal);
        Assert.Contains(":/var/lib/rabbitmq ", docker.Arguments, StringComparison.Ordinal);
        Assert.DoesNotContain(address.UserInfo.Split(':')[1], docker.Arguments, StringComparison.Ordinal);
        Assert.Contains("--hostname messaging", Commands(run), StringComparison.Ordinal);

        ChildProcess.Send(platform.Pid, Signal.Kill);
        await platform.UntilExitedAsync();
        Assert.Empty(await Platform.LeftOverAsync(run));
    }

    private static async Task WriteAsync(Dictionary<string, string> environment)
    {
        Assert.EndsWith("/llmoin", environment["ConnectionStrings__messaging"], StringComparison.Ordinal);
        await using var connection = await ConnectAsync(environment["ConnectionStrings__messaging"]);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.QueueDeclareAsync("notes", durable: true, exclusive: false, autoDelete: false);
        await channel.BasicPublishAsync("", "notes", mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes("moin"));

        var settings = new NpgsqlConnectionStringBuilder(environment["ConnectionStrings__notes"]);
        Assert.Equal(("llmoin_notes", "notes", 20), (settings.Username, settings.Database, settings.MaxPoolSize));
        Assert.Equal("moin", await QueryAsync(environment, "CREATE TABLE note (text text); INSERT INTO note VALUES ('moin') RETURNING text"));
        Assert.Equal(false, await QueryAsync(environment, "SELECT rolsuper OR rolbypassrls OR rolcreatedb FROM pg_roles WHERE rolname = current_user"));
        Assert.Equal(false, await QueryAsync(environment, "SELECT has_database_privilege('public', 'notes', 'CONNECT')"));
    }

    private static async Task ReadBackAsync(Dictionary<string, string> environment)
    {
        await using var connection = await ConnectAsync(environment["ConnectionStrings__messaging"]);
        await using var channel = await connection.CreateChannelAsync();
        var message = await channel.BasicGetAsync("notes", autoAck: true);
        Assert.Equal("moin", Encoding.UTF8.GetString(message!.Body.Span));
        Assert.Equal("moin", await QueryAsync(environment, "SELECT text FROM note"));
    }

    private static Task<IConnection> ConnectAsync(string address) =>
        new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync(TestContext.Current.CancellationToken);

    private static async Task<object?> QueryAsync(Dictionary<string, string> environment, string sql)
    {
        await using var connection = new NpgsqlConnection(environment["ConnectionStrings__notes"] + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static string Commands(string runId) =>
        string.Join('\n', Platform.ProcessesOf(runId).Select(CommandOf));

    private static string CommandOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return ""; // gone meanwhile
        }
    }
}
