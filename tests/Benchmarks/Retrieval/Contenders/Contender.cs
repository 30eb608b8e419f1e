using LLMoin.Benchmarks.Retrieval.Sets;
using LLMoin.Retrieval.Index;

namespace LLMoin.Benchmarks.Retrieval.Contenders;

/// <summary>A search engine to be measured beside others on the same passages.</summary>
internal abstract class Contender(string name) : IAsyncDisposable
{
    public string Name { get; } = name;

    /// <summary>Its memory is this process's.</summary>
    public virtual bool IsInProcess => true;

    /// <summary>Indexes these documents and forgets what it had; returns when they can be found.</summary>
    public abstract Task BuildAsync(IReadOnlyList<IndexedDocument> documents);

    /// <returns>Best first, at most ten.</returns>
    public abstract ValueTask<IReadOnlyList<Place>> SearchAsync(string query);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
