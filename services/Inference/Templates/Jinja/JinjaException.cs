namespace LLMoin.Inference.Templates.Jinja;

/// <summary>A template cannot be read or rendered. The message names constructs and types, never values.</summary>
internal sealed class JinjaException(string message, JinjaFailure failure = JinjaFailure.Broken) : Exception(message)
{
    public JinjaFailure Failure { get; } = failure;
}

internal enum JinjaFailure
{
    /// <summary>It cannot be read, or does what cannot be done.</summary>
    Broken,

    /// <summary>It refused by <c>raise_exception</c>; the message is its own.</summary>
    Refused,

    /// <summary>It exceeds its limits.</summary>
    Excessive,
}
