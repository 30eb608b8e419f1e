namespace LLMoin.Hosting;

/// <summary>Something the person at the console can mend; its message is shown without a stack trace.</summary>
public class RunnerException(string message) : Exception(message);

/// <summary>Trying again does not help.</summary>
internal sealed class MissingServerException(string message) : RunnerException(message);
