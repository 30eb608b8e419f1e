using System.Diagnostics;

namespace LLMoin.Benchmarks.Platform;

/// <summary>When the tokens of one stream came. Token n of the replay engine is the text "n ".</summary>
internal sealed class StreamTimes(double rate)
{
    private readonly long _asked = Stopwatch.GetTimestamp();
    private int _tokens;
    private double _firstAt;

    /// <summary>Milliseconds from asking to the first token.</summary>
    public double FirstToken => _firstAt;

    /// <summary>For each later token, milliseconds behind the engine's schedule as set by the first.</summary>
    public List<double> Delays { get; } = [];

    public int Tokens => _tokens;

    /// <summary>False once a token was lost, repeated or out of order.</summary>
    public bool InOrder { get; private set; } = true;

    public void Take(string text)
    {
        var now = Stopwatch.GetElapsedTime(_asked).TotalMilliseconds;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            InOrder &= word == _tokens.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (_tokens == 0)
                _firstAt = now;
            else
                Delays.Add(now - _firstAt - _tokens * 1000 / rate);
            _tokens++;
        }
    }
}

/// <summary>Figures of many streams.</summary>
internal sealed record Figures(double FirstP50, double FirstP99, double TokenP50, double TokenP99, int Tokens, double CpuSeconds)
{
    public double CpuMillisecondsPer1000Tokens => CpuSeconds * 1e6 / Tokens;

    public static Figures Of(IReadOnlyCollection<StreamTimes> streams, double cpuSeconds)
    {
        double[] first = [.. streams.Select(stream => stream.FirstToken).Order()];
        double[] delays = [.. streams.SelectMany(stream => stream.Delays).Order()];
        return new Figures(At(first, .5), At(first, .99), At(delays, .5), At(delays, .99), streams.Sum(stream => stream.Tokens), cpuSeconds);
    }

    private static double At(double[] sorted, double quantile) => sorted[(int)Math.Min(sorted.Length - 1, quantile * sorted.Length)];
}
