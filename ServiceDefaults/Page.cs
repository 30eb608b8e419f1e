using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.ServiceDefaults;

/// <summary>A part of a list.</summary>
/// <param name="Items">In a stable order.</param>
/// <param name="Next">What to send as <c>after</c> for the following part; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary><c>?limit=&amp;after=</c> of a list.</summary>
public static class Page
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    public static ProblemResult? Check(int limit)
        => limit is >= 1 and <= MaxLimit ? null : new(ProblemType.InvalidRequest, $"Between 1 and {MaxLimit}.", "limit", $"Zwischen 1 und {MaxLimit}.");

    /// <param name="rows">Up to one more than <paramref name="limit"/>, by which a following part is known.</param>
    /// <param name="limit">Rows of this part.</param>
    /// <param name="position">A row's place in the order.</param>
    public static Page<T> Of<T>(IReadOnlyList<T> rows, int limit, Func<T, string> position)
        => rows.Count <= limit ? new(rows, null) : new([.. rows.Take(limit)], position(rows[limit - 1]));
}
