using System.Globalization;

namespace LLMoin.Inference.Models.Pulling;

/// <summary>Says how far a download is: on a terminal one line that changes, elsewhere a line every few seconds.</summary>
internal sealed class PullProgress(TextWriter output, bool terminal, TimeProvider clock)
{
    private const int BarWidth = 24;

    private readonly TimeSpan _interval = terminal ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(5);
    private long _size;
    private long _first;
    private long _began;
    private long _said;

    /// <summary>A file begins, or goes on, at this byte.</summary>
    public void Begin(long done, long size)
    {
        (_first, _size) = (done, size);
        _began = _said = clock.GetTimestamp();
    }

    public void Report(long done)
    {
        if (clock.GetElapsedTime(_said) < _interval)
            return;
        _said = clock.GetTimestamp();
        Write(done);
    }

    /// <summary>Always says something, also of a file that came within a moment.</summary>
    public void End(long done)
    {
        Write(done);
        if (terminal)
            output.WriteLine();
    }

    public static string Size(double bytes) => bytes switch
    {
        >= 1e9 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
    };

    private void Write(long done)
    {
        var rate = Math.Max(0, done - _first) / Math.Max(clock.GetElapsedTime(_began).TotalSeconds, 0.001);
        var share = _size > 0 ? (double)done / _size : 1;
        var left = rate > 0 ? TimeSpan.FromSeconds(Math.Min((_size - done) / rate, 359_999)) : (TimeSpan?)null;
        var line = string.Create(CultureInfo.InvariantCulture,
            $"{Math.Floor(share * 100),3:0} %  {Size(done)} of {Size(_size)}  {rate / 1e6:0.0} MB/s  {Left(left)}");
        if (terminal)
            output.Write($"\r[{new string('#', (int)(share * BarWidth)),-BarWidth}] {line}   ");
        else
            output.WriteLine(line);
    }

    private static string Left(TimeSpan? left) => left is { } time
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} left")
        : "";
}
