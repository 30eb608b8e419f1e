using LLMoin.ServiceBed;

namespace LLMoin.RetrievalTests;

/// <summary>Keeps the process that tests share away while those of a class have one of their own: it would take commands from the queue of both.</summary>
public sealed class PausedRetrieval(Servers servers) : IAsyncLifetime
{
    private ServiceProcess _shared = null!;

    public async ValueTask InitializeAsync()
    {
        _shared = await servers.ServiceAsync("Retrieval");
        await _shared.TerminateAsync();
    }

    public async ValueTask DisposeAsync() => await _shared.RestartAsync();
}
