using System.Diagnostics;

namespace LLMoin.Benchmarks.Inference;

/// <param name="Text">The user's message.</param>
/// <param name="Tokens">Length of the answer.</param>
/// <param name="User">Who asks, where the subject can tell askers apart.</param>
internal sealed record Ask(string Text, int Tokens, int User = 0);

/// <summary>Something that answers, to be measured beside others.</summary>
internal abstract class Subject(string name) : IAsyncDisposable
{
    public string Name { get; } = name;

    public abstract Task<AnswerTimes> AnswerAsync(Ask ask, CancellationToken cancellation);

    /// <summary>CPU time that all its processes have used so far; 0 where that is not known.</summary>
    public abstract double CpuSeconds();

    public abstract ValueTask DisposeAsync();

    /// <summary>Asks all at once and waits for all answers.</summary>
    public async Task<Load> MeasureAsync(IEnumerable<Ask> asks)
    {
        var cpu = CpuSeconds();
        var started = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(asks.Select(ask => AnswerAsync(ask, CancellationToken.None)).ToList());
        return new Load(answers, Stopwatch.GetElapsedTime(started).TotalSeconds, CpuSeconds() - cpu);
    }
}
