using LLMoin.Contracts.Inference;
using Microsoft.Extensions.Options;

namespace LLMoin.Inference.Generation;

/// <summary>
/// Who runs and who waits: a fixed number of slots, interactive requests before batch ones, in order of arrival within each.
/// </summary>
internal sealed class Slots(IOptions<InferenceOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Run> _all = [];
    private readonly LinkedList<Run> _waiting = [];
    private readonly HashSet<Run> _running = [];

    public int Total => options.Value.Slots;

    public (int Running, int Waiting) Load
    {
        get
        {
            lock (_lock)
                return (_running.Count, _waiting.Count);
        }
    }

    /// <summary>
    /// Takes a run in. An older attempt of the same answer is cancelled: its reader has given it up.
    /// </summary>
    /// <returns>True when it has a slot at once; else it waits.</returns>
    public bool Enter(Run run)
    {
        lock (_lock)
        {
            if (_all.TryGetValue(run.Request.AnswerId, out var older))
                older.Cancel();
            _all[run.Request.AnswerId] = run;
            if (_running.Count < Total)
                return _running.Add(run);

            var behind = run.Request.Priority == Priority.Batch ? null : FirstBatch();
            if (behind is null)
                _waiting.AddLast(run);
            else
                _waiting.AddBefore(behind, run);
            return false;
        }
    }

    /// <summary>Takes a run out, from its slot or from the line.</summary>
    /// <returns>The run that gets the slot now, if one does.</returns>
    public Run? Leave(Run run)
    {
        lock (_lock)
        {
            if (_all.GetValueOrDefault(run.Request.AnswerId) == run)
                _all.Remove(run.Request.AnswerId);
            if (!_running.Remove(run))
            {
                _waiting.Remove(run);
                return null;
            }
            if (_waiting.First is not { } next)
                return null;
            _waiting.RemoveFirst();
            _running.Add(next.Value);
            return next.Value;
        }
    }

    /// <summary>Up to this attempt, nobody waits for the answer any more.</summary>
    public Run? Find(Guid answerId, int attempt)
    {
        lock (_lock)
            return _all.TryGetValue(answerId, out var run) && run.Request.Attempt <= attempt ? run : null;
    }

    public bool IsWaiting(Run run)
    {
        lock (_lock)
            return _waiting.Contains(run);
    }

    /// <summary>Everything held, running first, then the line in order; position counts the requests in front (0 while running).</summary>
    public IReadOnlyList<(Run Run, bool Running, int Position)> Snapshot()
    {
        lock (_lock)
            return [.. _running.Select(run => (run, true, 0)), .. _waiting.Select((run, index) => (run, false, index + 1))];
    }

    private LinkedListNode<Run>? FirstBatch()
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
            if (node.Value.Request.Priority == Priority.Batch)
                return node;
        return null;
    }
}
