namespace LLMoin.Inference.Templates.Jinja;

/// <summary>What a missing variable or attribute gives: prints as nothing, is false, and has no attributes.</summary>
internal sealed record Undefined(string Name);

/// <summary>A function, macro or bound method.</summary>
internal delegate object? Callable(Run run, Arguments arguments);

/// <summary>An object that is no mapping but has attributes: <c>loop</c>, a namespace.</summary>
internal interface IAttributes
{
    bool TryGet(string name, out object? value);
}

/// <summary><c>namespace()</c>: the one object that a template may assign to.</summary>
internal sealed class Namespace : Dictionary<string, object?>, IAttributes
{
    public Namespace() : base(StringComparer.Ordinal)
    {
    }

    public bool TryGet(string name, out object? value) => TryGetValue(name, out value);
}

/// <summary>A mapping that keeps its order. Keys are texts or numbers.</summary>
internal sealed class Map : IReadOnlyCollection<KeyValuePair<object, object?>>
{
    private readonly OrderedDictionary<object, object?> _entries = [];

    public object? this[object key]
    {
        get => _entries[key];
        set => _entries[key] = value;
    }

    public int Count => _entries.Count;

    public IEnumerable<object> Keys => _entries.Keys;

    public IEnumerable<object?> Values => _entries.Values;

    /// <summary>For collection initialisers.</summary>
    public void Add(object key, object? value) => _entries[key] = value;

    public bool ContainsKey(object key) => _entries.ContainsKey(key);

    public bool TryGetValue(object key, out object? value) => _entries.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<object, object?>> GetEnumerator() => _entries.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>
/// Python's rules for values. A value is null, <see cref="Undefined"/>, a bool, long, double, string, list
/// (<see cref="IReadOnlyList{T}"/>), <see cref="Map"/>, <see cref="IAttributes"/> or <see cref="Callable"/>.
/// </summary>
internal static class Values
{
    public static bool IsTrue(object? value) => value switch
    {
        null or Undefined => false,
        bool truth => truth,
        long number => number != 0,
        double number => number != 0,
        string text => text.Length > 0,
        IReadOnlyList<object?> list => list.Count > 0,
        Map map => map.Count > 0,
        _ => true,
    };

    public static string TypeName(object? value) => value switch
    {
        null => "none",
        Undefined => "undefined",
        bool => "boolean",
        long => "integer",
        double => "float",
        string => "string",
        IReadOnlyList<object?> => "list",
        Map => "mapping",
        Callable => "function",
        _ => "object",
    };

    public static bool AreEqual(Run run, object? left, object? right)
    {
        run.Step();
        if (AsNumber(left) is { } a && AsNumber(right) is { } b)
            return a is long && b is long ? (long)a == (long)b : Convert.ToDouble(a, null) == Convert.ToDouble(b, null);
        return (left, right) switch
        {
            (string x, string y) => string.Equals(x, y, StringComparison.Ordinal),
            (Undefined, Undefined) or (null, null) => true,
            (IReadOnlyList<object?> x, IReadOnlyList<object?> y) => x.Count == y.Count && x.Zip(y).All(pair => AreEqual(run, pair.First, pair.Second)),
            (Map x, Map y) => x.Count == y.Count && x.All(entry => y.TryGetValue(entry.Key, out var other) && AreEqual(run, entry.Value, other)),
            _ => ReferenceEquals(left, right),
        };
    }

    /// <exception cref="JinjaException">Their types have no order.</exception>
    public static int Compare(object? left, object? right)
    {
        if (AsNumber(left) is { } a && AsNumber(right) is { } b)
            return a is long && b is long ? ((long)a).CompareTo((long)b) : Convert.ToDouble(a, null).CompareTo(Convert.ToDouble(b, null));
        if (left is string x && right is string y)
            return string.CompareOrdinal(x, y);
        throw new JinjaException($"{TypeName(left)} and {TypeName(right)} have no order");
    }

    /// <summary>A long or double; a bool counts as 0 or 1, as in Python. Null for anything else.</summary>
    public static object? AsNumber(object? value) => value switch
    {
        bool truth => truth ? 1L : 0L,
        long or double => value,
        _ => null,
    };

    /// <exception cref="JinjaException">Not an integer.</exception>
    public static long Integer(object? value)
        => AsNumber(value) as long? ?? throw new JinjaException($"an integer is needed, not {TypeName(value)}");

    /// <exception cref="JinjaException">Not a text.</exception>
    public static string String(object? value) => value as string ?? throw new JinjaException($"a string is needed, not {TypeName(value)}");

    /// <exception cref="JinjaException">Neither text nor number.</exception>
    public static object Key(object? value)
        => value as string ?? AsNumber(value) ?? throw new JinjaException($"{TypeName(value)} cannot be a key");

    /// <summary>What a loop goes over: a list's items, a mapping's keys, a string's characters; nothing for undefined.</summary>
    /// <exception cref="JinjaException">Not iterable.</exception>
    public static IReadOnlyList<object?> Items(Run run, object? value)
    {
        switch (value)
        {
            case IReadOnlyList<object?> list:
                return list;
            case Map map:
                return [.. map.Keys];
            case Undefined:
                return [];
            case string text:
                run.ChargeItems(text.Length);
                return [.. text.EnumerateRunes().Select(rune => rune.ToString())];
            default:
                throw new JinjaException($"{TypeName(value)} is not iterable");
        }
    }
}
