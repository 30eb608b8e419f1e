namespace LLMoin.Inference.Templates.Jinja;

/// <summary>
/// What one rendering may use. A template comes with a model file from elsewhere, so it must not be able to hang or exhaust the
/// worker. A conversation of 1,000 messages takes some 300,000 steps.
/// </summary>
/// <param name="Steps">Expressions and statements evaluated.</param>
/// <param name="Characters">Text made, results in between included; an item of a list counts as <see cref="Run.ItemSize"/>.</param>
/// <param name="Time">For steps that are slow by themselves, e.g. searching in long texts; what the thread computes, not what it waits for a core.</param>
internal sealed record Limits(long Steps, long Characters, TimeSpan Time)
{
    public static Limits Default { get; } = new(5_000_000, 64 * 1024 * 1024, TimeSpan.FromSeconds(1));

    /// <summary>Jinja's own sandbox sets the same (<c>jinja2.sandbox.MAX_RANGE</c>).</summary>
    public const int Range = 100_000;

    /// <summary>Longest template source, in characters.</summary>
    public const int Source = 512 * 1024;
}
