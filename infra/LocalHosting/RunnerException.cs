namespace LLMoin.Hosting;

/// <summary>Something the person at the console can mend; its message is shown without a stack trace.</summary>
public sealed class RunnerException(string message) : Exception(message);
