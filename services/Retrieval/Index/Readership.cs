namespace LLMoin.Retrieval.Index;

/// <summary>
/// Who may read the documents of an index. Principals become numbers, so that deciding for every document costs a few array look-ups.
/// </summary>
internal sealed class Readership
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>The principals' numbers.</summary>
    public int[] Of(IReadOnlyCollection<string> readers)
    {
        var numbers = new int[readers.Count];
        var next = 0;
        foreach (var reader in readers)
        {
            if (!_numbers.TryGetValue(reader, out var number))
                _numbers[reader] = number = _numbers.Count;
            numbers[next++] = number;
        }

        return numbers;
    }

    /// <summary>By number, whether who asks has the principal.</summary>
    public bool[] Held(IReadOnlyCollection<string> principals)
    {
        var held = new bool[_numbers.Count];
        foreach (var principal in principals)
        {
            if (_numbers.TryGetValue(principal, out var number))
                held[number] = true;
        }

        return held;
    }

    public static bool Overlap(int[] readers, bool[] held)
    {
        foreach (var reader in readers)
        {
            if (held[reader])
                return true;
        }

        return false;
    }
}
