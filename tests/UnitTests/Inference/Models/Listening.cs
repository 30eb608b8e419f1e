namespace LLMoin.UnitTests.Inference.Models;

/// <summary>Waits for a line, and keeps none: a text cannot be read while it is written.</summary>
/// <param name="text">That the line holds; any by default.</param>
internal sealed class Listening(string text = "") : StringWriter
{
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Heard => _heard.Task;

    public override void WriteLine(string? value)
    {
        if (value?.Contains(text, StringComparison.Ordinal) == true)
            _heard.TrySetResult();
    }
}
