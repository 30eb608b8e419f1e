namespace LLMoin.Inference.Scheduling;

/// <summary>
/// While a tenant that has nothing else here begins an answer, the answers of others pause for a moment, so that its first token comes
/// about as soon as in an idle system. Only the beginning of a prompt counts, so that nobody is held up by long ones.
/// </summary>
internal sealed class Courtesy(TimeProvider clock)
{
    /// <summary>Longest pause at a stretch; between two, all answers get a token.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Tokens of a prompt that others pause for.</summary>
    private const int FirstTokens = 1024;

    private long? _pausedAt;

    /// <summary>Whose prompt is read before all others; null for nobody.</summary>
    /// <param name="active">All tasks.</param>
    /// <param name="reading">Those among them whose prompt is being read, in order of arrival.</param>
    public static GenerationTask? Guest(List<GenerationTask> active, List<GenerationTask> reading)
    {
        foreach (var task in reading)
            if (!task.Batch && task.Computed < FirstTokens && task.Tokens.Count == task.Prompt.Length && IsGuest(task, active))
                return task;
        return null;
    }

    /// <summary>Whether the answers of others pause before the next step.</summary>
    /// <param name="guest">Whom they would pause for.</param>
    public bool PausesWriting(GenerationTask? guest)
    {
        if (guest is not null && (_pausedAt is null || clock.GetElapsedTime(_pausedAt.Value) < LongestPause))
        {
            _pausedAt ??= clock.GetTimestamp();
            return true;
        }
        _pausedAt = null;
        return false;
    }

    private static bool IsGuest(GenerationTask task, List<GenerationTask> active)
    {
        var others = false;
        foreach (var other in active)
        {
            if (other == task)
                continue;
            if (other.Tenant == task.Tenant)
                return false;
            others = true;
        }
        return others;
    }
}
