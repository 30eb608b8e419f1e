namespace LLMoin.Inference.Templates.Jinja;

/// <summary>A template cannot be read or rendered. The message names constructs and types, never values.</summary>
internal sealed class JinjaException(string message, bool raised = false) : Exception(message)
{
    /// <summary>The template refused by <c>raise_exception</c>; otherwise it is broken, or exceeds its limits.</summary>
    public bool Raised { get; } = raised;
}
