using System.Buffers;
using System.Text;

namespace LLMoin.Inference.Templates.Jinja;

/// <summary>The methods of Python's <c>str</c>, <c>dict</c> and <c>list</c> that chat templates call. None changes its object.</summary>
internal static class Methods
{
    private static readonly SearchValues<char> Whitespace = SearchValues.Create(" \t\n\r\f\v");

    /// <returns>The bound method, or null where the value has none of this name.</returns>
    public static Callable? Find(object? value, string name) => value switch
    {
        string text => OfString(text, name),
        Map map => OfMap(map, name),
        IReadOnlyList<object?> list => OfList(list, name),
        _ => null,
    };

    private static Callable? OfString(string text, string name) => name switch
    {
        "strip" => (run, given) => run.Made(Strip(text, given, true, true)),
        "lstrip" => (run, given) => run.Made(Strip(text, given, true, false)),
        "rstrip" => (run, given) => run.Made(Strip(text, given, false, true)),
        "upper" => (run, _) => run.Made(Upper(text)),
        "lower" => (run, _) => run.Made(text.ToLowerInvariant()),
        "title" => (run, _) => run.Made(Title(text, before => !char.IsLetter(before))),
        "capitalize" => (run, _) => run.Made(Capitalize(text)),
        "startswith" => (_, given) => Prefixes(given).Any(prefix => text.StartsWith(prefix, StringComparison.Ordinal)),
        "endswith" => (_, given) => Prefixes(given).Any(suffix => text.EndsWith(suffix, StringComparison.Ordinal)),
        "removeprefix" => (_, given) => text.StartsWith(given.Text(0, "prefix"), StringComparison.Ordinal) ? text[given.Text(0, "prefix").Length..] : text,
        "removesuffix" => (_, given) => text.EndsWith(given.Text(0, "suffix"), StringComparison.Ordinal) ? text[..^given.Text(0, "suffix").Length] : text,
        "find" => (_, given) => (long)text.IndexOf(given.Text(0, "sub"), StringComparison.Ordinal),
        "rfind" => (_, given) => (long)text.LastIndexOf(given.Text(0, "sub"), StringComparison.Ordinal),
        "count" => (_, given) => (long)text.AsSpan().Count(NotEmpty(given.Text(0, "sub"))),
        "isdigit" => (_, _) => text.Length > 0 && text.All(char.IsDigit),
        "isalpha" => (_, _) => text.Length > 0 && text.All(char.IsLetter),
        "isalnum" => (_, _) => text.Length > 0 && text.All(char.IsLetterOrDigit),
        "isspace" => (_, _) => text.Length > 0 && text.All(char.IsWhiteSpace),
        "replace" => (run, given) => Replace(run, text, given.Text(0, "old"), given.Text(1, "new"), Values.Integer(given.Get(2, "count", -1L))),
        "split" => (run, given) => Split(run, text, given.Get(0, "sep"), Values.Integer(given.Get(1, "maxsplit", -1L))),
        "rsplit" => (run, given) => SplitFromRight(run, text, given.Text(0, "sep"), Values.Integer(given.Get(1, "maxsplit", -1L))),
        "format" => (run, given) => TextFormat.Format(run, text, given),
        "splitlines" => (run, _) => Lines(run, text),
        "join" => (run, given) => Join(run, text, Values.Items(run, given.Get(0, "iterable"))),
        _ => null,
    };

    private static Callable? OfMap(Map map, string name) => name switch
    {
        "get" => (_, given) => map.TryGetValue(Values.Key(given.Get(0, "key")), out var value) ? value : given.Get(1, "default"),
        "items" => (run, _) => Pairs(run, map),
        "keys" => (run, _) => Values.Items(run, map),
        "values" => (_, _) => map.Values.ToArray(),
        _ => null,
    };

    private static Callable? OfList(IReadOnlyList<object?> list, string name) => name switch
    {
        "index" => (run, given) => IndexOf(run, list, given.Get(0, "value")),
        "count" => (run, given) => (long)list.Count(item => Values.AreEqual(run, item, given.Get(0, "value"))),
        _ => null,
    };

    public static object?[] Pairs(Run run, Map map)
    {
        run.ChargeItems(map.Count * 2L);
        return [.. map.Select(entry => new object?[] { entry.Key, entry.Value })];
    }

    public static string Strip(string text, Arguments given, bool left, bool right)
    {
        // Without arguments .NET and Python agree on whitespace.
        char[]? characters = given.Get(0, "chars") is string some ? some.ToCharArray() : null;
        if (characters is { Length: 0 })
            return text;
        var stripped = left ? text.TrimStart(characters) : text;
        return right ? stripped.TrimEnd(characters) : stripped;
    }

    public static string Capitalize(string text)
        => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    public static string Upper(string text) => text.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal);

    /// <param name="beginsWord">Whether a word begins behind this character: filter and method disagree.</param>
    public static string Title(string text, Func<char, bool> beginsWord)
    {
        var output = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
            output.Append(at == 0 || beginsWord(text[at - 1]) ? char.ToUpperInvariant(text[at]) : char.ToLowerInvariant(text[at]));
        return output.ToString();
    }

    public static string Replace(Run run, string text, string old, string replacement, long count)
    {
        run.Charge(text.Length + (long)text.AsSpan().Count(NotEmpty(old)) * (Run.ItemSize + replacement.Length));
        if (count < 0)
            return text.Replace(old, replacement, StringComparison.Ordinal);
        var pieces = SplitAt(text, old, count);
        return string.Join(replacement, pieces);
    }

    public static string Join(Run run, string separator, IReadOnlyList<object?> items)
    {
        var texts = items.Select(item => Printing.Text(run, item)).ToList();
        run.Charge(texts.Sum(text => (long)text.Length + separator.Length + Run.ItemSize));
        return string.Join(separator, texts);
    }

    public static object?[] Lines(Run run, string text)
    {
        run.Charge(text.Length + (text.AsSpan().Count('\n') + 1L) * Run.ItemSize);
        var lines = text.Split('\n').Select(object? (line) => line.TrimEnd('\r')).ToList();
        if (lines[^1] is "")
            lines.RemoveAt(lines.Count - 1);
        return [.. lines];
    }

    private static object?[] Split(Run run, string text, object? separator, long most)
    {
        if (separator is string mark)
        {
            run.Charge(text.Length + (text.AsSpan().Count(NotEmpty(mark)) + 1L) * Run.ItemSize);
            return [.. SplitAt(text, mark, most < 0 ? long.MaxValue : most)];
        }
        var parts = new List<object?>();
        for (var rest = text.AsSpan().TrimStart(); rest.Length > 0;)
        {
            var end = parts.Count == most ? -1 : rest.IndexOfAny(Whitespace);
            var part = end < 0 ? rest : rest[..end];
            run.Charge(part.Length + Run.ItemSize);
            parts.Add(part.ToString());
            rest = rest[part.Length..].TrimStart();
        }
        return [.. parts];
    }

    private static object?[] SplitFromRight(Run run, string text, string separator, long most)
    {
        run.Charge(text.Length + (text.AsSpan().Count(NotEmpty(separator)) + 1L) * Run.ItemSize);
        var parts = text.Split(separator);
        if (most < 0 || parts.Length - 1 <= most)
            return [.. parts];
        var cut = parts.Length - (int)most;
        return [string.Join(separator, parts[..cut]), .. parts[cut..]];
    }

    private static string[] SplitAt(string text, string separator, long most)
        => text.Split(separator, (int)Math.Min(most, int.MaxValue - 1) + 1);

    private static string NotEmpty(string separator)
        => separator.Length > 0 ? separator : throw new JinjaException("an empty separator");

    private static IEnumerable<string> Prefixes(Arguments given) => given.Get(0, "prefix") switch
    {
        IReadOnlyList<object?> several => several.Select(Values.String),
        var one => [Values.String(one)],
    };

    private static long IndexOf(Run run, IReadOnlyList<object?> list, object? value)
    {
        for (var at = 0; at < list.Count; at++)
        {
            if (Values.AreEqual(run, list[at], value))
                return at;
        }
        throw new JinjaException("the list has no such item");
    }
}
