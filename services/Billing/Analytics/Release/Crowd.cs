using System.Collections.Frozen;

namespace LLMoin.Billing.Analytics.Release;

/// <summary>The people behind a figure: one by one while they are fewer than may be told, then only that they are enough.</summary>
internal sealed class Crowd
{
    private readonly int _least;
    private readonly FrozenSet<string>? _few;

    private Crowd(int least, FrozenSet<string>? few) => (_least, _few) = (least, few);

    public bool IsEnough => _few is null;

    /// <param name="least">How many are enough.</param>
    /// <param name="people">Who they are; of enough of them it does not matter.</param>
    public static Crowd Of(int least, IEnumerable<string> people)
    {
        var few = people.ToFrozenSet(StringComparer.Ordinal);
        return new(least, few.Count < least ? few : null);
    }

    public static Crowd Enough(int least) => new(least, null);

    /// <summary>Both together; who is in both counts once.</summary>
    public Crowd With(Crowd other) => IsEnough || other.IsEnough ? Enough(_least) : Of(_least, _few!.Concat(other._few!));
}
