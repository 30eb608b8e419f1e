using System.Diagnostics;

namespace LLMoin.Benchmarks.Inference;

/// <summary>When the text of one answer came.</summary>
internal sealed class AnswerTimes
{
    private readonly long _asked = Stopwatch.GetTimestamp();

    /// <summary>When pieces of text came, as <see cref="Stopwatch"/> counts.</summary>
    public List<long> Pieces { get; } = [];

    /// <summary>Milliseconds from asking to the first text.</summary>
    public double FirstToken { get; private set; }

    /// <summary>Milliseconds between two pieces of text.</summary>
    public List<double> Gaps { get; } = [];

    public int PromptTokens { get; set; }

    public int Tokens { get; set; }

    public void TextCame()
    {
        var now = Stopwatch.GetTimestamp();
        if (Pieces.Count == 0)
            FirstToken = Stopwatch.GetElapsedTime(_asked, now).TotalMilliseconds;
        else
            Gaps.Add(Stopwatch.GetElapsedTime(Pieces[^1], now).TotalMilliseconds);
        Pieces.Add(now);
    }
}

/// <summary>Figures of many answers that were given together.</summary>
internal sealed record Load(IReadOnlyList<AnswerTimes> Answers, double Seconds, double CpuSeconds)
{
    public int Tokens => Answers.Sum(answer => answer.Tokens);

    public double TokensPerSecond => Tokens / Seconds;

    public double TokensPerCpuSecond => CpuSeconds > 0 ? Tokens / CpuSeconds : double.NaN;

    public double First(double quantile) => At(Answers.Select(answer => answer.FirstToken), quantile);

    public double Gap(double quantile) => At(Answers.SelectMany(answer => answer.Gaps), quantile);

    private static double At(IEnumerable<double> values, double quantile)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Length - 1, quantile * sorted.Length)];
    }
}
