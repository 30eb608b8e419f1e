using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Chat.Functions.Runs;

/// <summary>
/// A run's progress as it happens, read from the database: whichever instance does the run, and however often its reader comes back. The first
/// event says everything, further ones what has changed.
/// </summary>
internal sealed class RunEvents(RunReader reader)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(10);

    /// <returns>Events <c>progress</c>, each a <see cref="RunEvent"/>; the last one is that of its end. Ends, too, when the run is deleted.</returns>
    public async IAsyncEnumerable<SseItem<RunEvent>> OfAsync(Caller caller, Guid id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (version, text, said) = (0, "", DateTime.UtcNow);
        while (await reader.ProgressAsync(caller, id, cancellation) is { } progress)
        {
            if (progress.Version != version && await reader.FindAsync(caller, id, cancellation) is { } run)
            {
                var goesOn = run.Text.StartsWith(text, StringComparison.Ordinal);
                yield return Item(new RunEvent(run.Status, run.Phase, run.Part, run.Parts, goesOn ? run.Text[text.Length..] : run.Text, goesOn, run.Error));
                (version, text, said) = (run.Version, run.Text, DateTime.UtcNow);
                if (RunStatus.IsOver(run.Status))
                    yield break;
            }
            else if (DateTime.UtcNow - said > SayEvery)
            {
                // Proxies close what is silent.
                yield return Item(new RunEvent(progress.Status, progress.Phase, progress.Part, progress.Parts, "", true, null));
                said = DateTime.UtcNow;
            }
            await Task.Delay(LookEvery, cancellation);
        }
    }

    private static SseItem<RunEvent> Item(RunEvent change) => new(change, "progress");
}

/// <param name="Text">More text, or all of it.</param>
/// <param name="Appends">The text goes behind what was sent before; else it stands in its place.</param>
/// <param name="Error">Why it failed.</param>
internal sealed record RunEvent(string Status, string? Phase, int? Part, int? Parts, string Text, bool Appends, RunError? Error);
