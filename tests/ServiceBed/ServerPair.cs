using LLMoin.Hosting;
using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;
using LocalDocker = LLMoin.Hosting.Docker;

namespace LLMoin.ServiceBed;

/// <summary>The broker and the database that tests run against, and how to give them back.</summary>
internal sealed class ServerPair(string messaging, string postgres, params IAsyncDisposable[] owned) : IAsyncDisposable
{
    private const string RabbitMqImage = "rabbitmq:4.1-alpine";
    private const string PostgresImage = "postgres:17-alpine";

    public string Messaging { get; } = messaging;

    public string Postgres { get; } = postgres;

    public static async Task<ServerPair> StartAsync()
    {
        var messaging = Environment.GetEnvironmentVariable("LLMOIN_TEST_RABBITMQ");
        var postgres = Environment.GetEnvironmentVariable("LLMOIN_TEST_POSTGRES");
        if (messaging is not null && postgres is not null)
            return new ServerPair(messaging, postgres);
        return await LocalDocker.AnswersAsync() ? await StartContainersAsync() : await StartPrivateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in owned)
            await server.DisposeAsync();
    }

    private static async Task<ServerPair> StartContainersAsync()
    {
        var rabbit = new RabbitMqBuilder(RabbitMqImage).Build();
        var postgres = new PostgreSqlBuilder(PostgresImage).Build();
        await Task.WhenAll(rabbit.StartAsync(), postgres.StartAsync());
        return new ServerPair(rabbit.GetConnectionString(), postgres.GetConnectionString(), rabbit, postgres);
    }

    private static async Task<ServerPair> StartPrivateAsync()
    {
        // PostgreSQL drops to a user without rights, who must be able to pass the folders above its data.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"llmoin-tests-{Guid.NewGuid():n}"));
        var rabbit = PrivateRabbitMq.StartAsync(Path.Combine(folder.FullName, "messaging"));
        var postgres = PrivatePostgres.StartAsync(Path.Combine(folder.FullName, "postgres"));
        return new ServerPair((await rabbit).ConnectionString, (await postgres).ConnectionString, await rabbit, await postgres, new Folder(folder));
    }

    private sealed class Folder(DirectoryInfo folder) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
