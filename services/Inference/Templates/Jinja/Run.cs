using System.Runtime.CompilerServices;
using LLMoin.ServiceDefaults;

namespace LLMoin.Inference.Templates.Jinja;

/// <summary>One rendering, on one thread, and what it has used of its limits.</summary>
internal sealed class Run(Limits limits)
{
    public const int ItemSize = 16;

    private const int StepsBetweenLooksAtTheClock = 256;

    private readonly long _started = ThreadClock.Instance.GetTimestamp();
    private long _steps;
    private long _characters;

    /// <summary>Called by whatever evaluates, loops or recurses.</summary>
    /// <exception cref="InsufficientExecutionStackException">Nested too deep.</exception>
    public void Step()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++_steps > limits.Steps)
            throw new JinjaException("it takes too many steps", JinjaFailure.Excessive);
        if (_steps % StepsBetweenLooksAtTheClock == 0 && ThreadClock.Instance.GetElapsedTime(_started) > limits.Time)
            throw new JinjaException("it takes too long", JinjaFailure.Excessive);
    }

    /// <summary>Called before a text of this length is made.</summary>
    public void Charge(long characters)
    {
        _characters += characters;
        if (_characters > limits.Characters)
            throw new JinjaException("it makes too much text", JinjaFailure.Excessive);
    }

    /// <summary>Called before a list of this length is made.</summary>
    public void ChargeItems(long count) => Charge(count * ItemSize);

    /// <summary>For texts no longer than those that they are made of.</summary>
    public string Made(string text)
    {
        Charge(text.Length);
        return text;
    }
}
