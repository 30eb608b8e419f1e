using LLMoin.TestQdrant;

namespace LLMoin.UnitTests.Retrieval.Stores;

/// <summary>Against the stand-in, which is always there: what is sent keeps to the description and does what it is sent for.</summary>
public sealed class StandInConformanceTests : QdrantConformance
{
    private StandInQdrant? _server;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private protected override async Task<string> UrlAsync() => (_server = await StandInQdrant.StartAsync()).Url;
}
