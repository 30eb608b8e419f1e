namespace LLMoin.Inference.Structured;

/// <summary>
/// Ends an answer before the first stop string that comes up in it, wherever its deltas are cut: OpenAI's <c>stop</c>. Of several that
/// come up, the one that is complete first counts.
/// </summary>
internal sealed class StopStrings(IEnumerable<string> strings)
{
    private readonly string[] _strings = [.. strings.Where(text => text.Length > 0)];
    private string _held = "";

    /// <summary>One has come up; nothing is given any more.</summary>
    public bool Stopped { get; private set; }

    /// <returns>What can no longer become part of a stop string; the same object where that is all of the delta and nothing before.</returns>
    public string Feed(string delta)
    {
        if (_strings.Length == 0)
            return delta;
        if (Stopped)
            return "";
        var text = _held.Length == 0 ? delta : _held + delta;
        var start = Find(text);
        Stopped = start >= 0;
        var given = Stopped ? start : text.Length - Beginnings.LongestAtEnd(text, _strings);
        _held = Stopped ? "" : text[given..];
        return given == text.Length ? text : text[..given];
    }

    /// <summary>What is held back, as the answer ends or something else follows.</summary>
    public string Release()
    {
        var held = _held;
        _held = "";
        return held;
    }

    private int Find(string text)
    {
        var (first, end) = (-1, int.MaxValue);
        foreach (var stop in _strings)
            if (text.IndexOf(stop, StringComparison.Ordinal) is var start and >= 0 && (start + stop.Length < end || (start + stop.Length == end && start < first)))
                (first, end) = (start, start + stop.Length);
        return first;
    }
}
