namespace LLMoin.Chat.Answers;

/// <summary>Values of <c>answers.status</c>.</summary>
internal static class AnswerStatus
{
    public const string Running = "running";
    public const string Completed = "completed";

    /// <summary>By its reader, who pressed stop or went away.</summary>
    public const string Stopped = "stopped";

    public const string Failed = "failed";

    /// <summary>The chat instance that wrote it died.</summary>
    public const string Interrupted = "interrupted";
}
