namespace LLMoin.ServiceTests.Platform;

/// <summary>The broker and the database that tests run against, and how to give them back.</summary>
internal sealed class ServerPair(string messaging, string postgres, params IAsyncDisposable[] owned) : IAsyncDisposable
{
    public string Messaging { get; } = messaging;

    public string Postgres { get; } = postgres;

    public static Task<ServerPair> StartAsync()
    {
        var messaging = Environment.GetEnvironmentVariable("LLMOIN_TEST_RABBITMQ");
        var postgres = Environment.GetEnvironmentVariable("LLMOIN_TEST_POSTGRES");
        if (messaging is not null && postgres is not null)
            return Task.FromResult(new ServerPair(messaging, postgres));
        throw new InvalidOperationException("Give LLMOIN_TEST_RABBITMQ and LLMOIN_TEST_POSTGRES.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in owned)
            await server.DisposeAsync();
    }
}
