using LLMoin.Contracts.Inference;

namespace LLMoin.Inference.Generation;

/// <summary>What other workers announce, by which this one knows where its waiting requests could start at once.</summary>
internal sealed class OtherWorkers(string self, TimeProvider clock)
{
    /// <summary>Announcements come every second; older ones say nothing any more.</summary>
    private static readonly TimeSpan Valid = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Other> _others = new(StringComparer.Ordinal);

    public void Note(ModelsAnnounced announced)
    {
        if (announced.WorkerId == self)
            return;
        lock (_lock)
        {
            _others.Remove(announced.WorkerId);
            if (!announced.Leaving)
                _others[announced.WorkerId] = new Other(announced, clock.GetTimestamp()) { Free = announced.Waiting > 0 ? 0 : announced.Slots - announced.Running };
        }
    }

    /// <summary>A worker serves the model and had free slots, and nothing waiting, when it last said so.</summary>
    public bool HaveRoomFor(string model)
    {
        lock (_lock)
            return Serving(model).Any(other => other.Announced is { Waiting: 0 } announced && announced.Running < announced.Slots);
    }

    /// <summary>Up to so many of the free slots for the model, each of which is given away once per announcement.</summary>
    public int Claim(string model, int most)
    {
        var claimed = 0;
        lock (_lock)
        {
            foreach (var other in Serving(model))
            {
                var taken = Math.Clamp(most - claimed, 0, other.Free);
                other.Free -= taken;
                claimed += taken;
            }
        }
        return claimed;
    }

    private IEnumerable<Other> Serving(string model)
        => _others.Values.Where(other => clock.GetElapsedTime(other.SeenAt) < Valid && other.Announced.Models.Any(served => served.Id == model));

    private sealed class Other(ModelsAnnounced announced, long seenAt)
    {
        public ModelsAnnounced Announced { get; } = announced;

        public long SeenAt { get; } = seenAt;

        public int Free { get; set; }
    }
}
