using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Chat.Answers.Ratings;

/// <summary>What its reader thinks of an answer.</summary>
/// <param name="Verdict"><c>up</c> or <c>down</c>.</param>
/// <param name="Reason"><c>wrong</c>, <c>incomplete</c>, <c>source</c>, <c>tone</c> or <c>other</c>; null where none is given.</param>
/// <param name="Comment">At most 2000 characters.</param>
internal sealed record Rating(string Verdict, string? Reason = null, string? Comment = null)
{
    private const int LongestComment = 2000;

    public ProblemResult? Check() => this switch
    {
        { Verdict: not ("up" or "down") } => Wrong("verdict", "It is up or down.", "Es ist up oder down."),
        { Reason: not (null or "wrong" or "incomplete" or "source" or "tone" or "other") } => Wrong("reason", "It is wrong, incomplete, source, tone or other.",
            "Es ist wrong, incomplete, source, tone oder other."),
        { Comment.Length: > LongestComment } => Wrong("comment", $"It has at most {LongestComment} characters.", $"Höchstens {LongestComment} Zeichen."),
        _ => null,
    };

    private static ProblemResult Wrong(string field, string why, string whyDe) => new(ProblemType.InvalidRequest, why, field, whyDe);
}

/// <summary>The same with its time.</summary>
internal sealed record StoredRating(string Verdict, string? Reason, string Comment, DateTime RatedAt);
