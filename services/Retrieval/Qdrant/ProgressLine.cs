namespace LLMoin.Retrieval.Qdrant;

/// <summary>How far a long work is: a bar in a terminal, else a line for each percent.</summary>
/// <param name="output">Where it is written.</param>
/// <param name="plain">No terminal is there.</param>
internal sealed class ProgressLine(TextWriter output, bool plain)
{
    private const int Width = 40;

    private long _all;
    private long _done;
    private long _percent = -1;

    public void Begin(string what, long all)
    {
        _all = all;
        output.WriteLine(what);
        Show();
    }

    /// <summary>More may come than was counted, as people go on working.</summary>
    public void Advance(int more)
    {
        _done += more;
        Show();
    }

    public void End(string result)
    {
        if (!plain)
            output.WriteLine();
        output.WriteLine(result);
    }

    private void Show()
    {
        var percent = _all == 0 ? 100 : Math.Min(100, _done * 100 / _all);
        if (percent == _percent)
            return;
        _percent = percent;
        if (plain)
            output.WriteLine($"{percent} %, {_done} of {_all}");
        else
            output.Write($"\r[{new string('#', (int)(percent * Width / 100)).PadRight(Width)}] {percent,3} %, {_done} of {_all}");
    }
}
