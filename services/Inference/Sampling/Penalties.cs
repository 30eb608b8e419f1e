namespace LLMoin.Inference.Sampling;

/// <summary>What an answer's earlier tokens take off the logits of their repetition.</summary>
internal sealed class Penalties
{
    /// <summary>Tokens back to which the repetition penalty looks, the prompt included.</summary>
    private const int Window = 64;

    private readonly SamplerSettings _settings;
    private readonly Queue<int> _recent = new(Window);
    private readonly Dictionary<int, int> _inWindow = [];
    private readonly Dictionary<int, int> _generated = [];

    /// <param name="settings">The strengths.</param>
    /// <param name="prompt">Its end is in the window.</param>
    public Penalties(SamplerSettings settings, ReadOnlySpan<int> prompt)
    {
        _settings = settings;
        foreach (var token in prompt[Math.Max(0, prompt.Length - Window)..])
            Remember(token);
    }

    public void Accept(int token)
    {
        Remember(token);
        _generated[token] = _generated.GetValueOrDefault(token) + 1;
    }

    public void Apply(Span<float> logits)
    {
        if (_settings.RepetitionPenalty != 1)
            foreach (var token in _inWindow.Keys)
                logits[token] = logits[token] > 0 ? logits[token] / _settings.RepetitionPenalty : logits[token] * _settings.RepetitionPenalty;
        foreach (var (token, times) in _generated)
            logits[token] -= _settings.PresencePenalty + _settings.FrequencyPenalty * times;
    }

    private void Remember(int token)
    {
        _recent.Enqueue(token);
        _inWindow[token] = _inWindow.GetValueOrDefault(token) + 1;
        if (_recent.Count <= Window)
            return;
        var oldest = _recent.Dequeue();
        if (--_inWindow[oldest] == 0)
            _inWindow.Remove(oldest);
    }
}
