namespace LLMoin.Chat.Functions.Runs;

/// <summary>
/// A function of the staff's that takes longer than a request. After a crash it is run anew from its beginning, by whichever process: it must
/// come by the same steps in the same order of keys, and what it asked of <see cref="RunContext"/> before is then answered at once from the
/// database.
/// </summary>
internal interface IRunFunction
{
    /// <summary>As in <c>runs.function</c>, routes and usage, e.g. <c>summarise</c>.</summary>
    string Name { get; }

    /// <exception cref="RunFailedException">It cannot be done, for a reason that its owner is told.</exception>
    Task<RunResult> RunAsync(RunContext context, CancellationToken cancellation);
}
