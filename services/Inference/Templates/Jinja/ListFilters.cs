namespace LLMoin.Inference.Templates.Jinja;

/// <summary>Filters on lists and mappings (Jinja 3.1, "List of Builtin Filters").</summary>
internal static class ListFilters
{
    public static object? Apply(Run run, string name, object? value, Arguments given)
    {
        if (name is "items" or "dictsort")
            return OfMap(run, name, value, given);
        var items = Items(run, name, value);
        return name switch
        {
            "list" => items,
            "first" => items.Count > 0 ? items[0] : new Undefined("the first of nothing"),
            "last" => items.Count > 0 ? items[^1] : new Undefined("the last of nothing"),
            "reverse" => value is string ? Methods.Join(run, "", [.. items.Reverse()]) : items.Reverse().ToArray(),
            "join" => Methods.Join(run, Printing.Text(run, given.Get(0, "d", "")), given.Get(1, "attribute") is { } path ? Map(items, path) : items),
            "map" => given.Named.TryGetValue("attribute", out var path)
                ? Map(items, path, given.Named.GetValueOrDefault("default"))
                : items.Select(item => Filters.Apply(run, given.Text(0, "filter"), item, given.Skip(1))).ToArray(),
            "select" => Where(items, item => Passes(run, item, given)),
            "reject" => Where(items, item => !Passes(run, item, given)),
            "selectattr" => Where(items, item => Passes(run, At(item, given.Get(0, "attribute")), given.Skip(1))),
            "rejectattr" => Where(items, item => !Passes(run, At(item, given.Get(0, "attribute")), given.Skip(1))),
            "sort" => Sort(items, item => AtOrSelf(item, given.Get(2, "attribute")), given.Flag(1, "case_sensitive"), given.Flag(0, "reverse")),
            "unique" => Unique(run, items),
            "sum" => items.Aggregate(0L, (total, item) => total + Values.Integer(AtOrSelf(item, given.Get(0, "attribute")))),
            "min" => items.Count > 0 ? items.Aggregate((a, b) => Values.Compare(b, a) < 0 ? b : a) : new Undefined("the least of nothing"),
            "max" => items.Count > 0 ? items.Aggregate((a, b) => Values.Compare(b, a) > 0 ? b : a) : new Undefined("the greatest of nothing"),
            _ => throw new JinjaException($"the filter '{name}' is not known"),
        };
    }

    private static IReadOnlyList<object?> Items(Run run, string name, object? value)
    {
        // Jinja's filters are lazy, so a template may apply one to none and never look at the result.
        if (value is null && name is "select" or "reject" or "selectattr" or "rejectattr" or "map")
            return [];
        var items = Values.Items(run, value is null ? throw new JinjaException($"the filter '{name}' does not apply to none") : value);
        // Filters make a list as long as the one that they get.
        run.ChargeItems(items.Count);
        return items;
    }

    private static object?[] OfMap(Run run, string name, object? value, Arguments given)
    {
        if (value is Undefined && name == "items")
            return [];
        var pairs = Methods.Pairs(run, value as Map ?? throw new JinjaException($"'{name}' needs a mapping, not {Values.TypeName(value)}"));
        if (name == "items")
            return pairs;
        var by = given.Get(1, "by") is "value" ? 1 : 0;
        return Sort(pairs, pair => ((IReadOnlyList<object?>)pair!)[by], given.Flag(0, "case_sensitive"), given.Flag(2, "reverse"));
    }

    private static object?[] Map(IReadOnlyList<object?> items, object? path, object? otherwise = null)
        => [.. items.Select(item => At(item, path) is var value and not Undefined ? value : otherwise ?? new Undefined(Values.String(path)))];

    private static object?[] Where(IReadOnlyList<object?> items, Func<object?, bool> passes) => [.. items.Where(passes)];

    /// <summary>By the test that the arguments name, else by truth.</summary>
    private static bool Passes(Run run, object? item, Arguments given)
    {
        run.Step();
        return given.Positional.Count == 0 ? Values.IsTrue(item) : Tests.Holds(run, given.Text(0, "test"), item, given.Skip(1));
    }

    private static object?[] Sort(IReadOnlyList<object?> items, Func<object?, object?> key, bool caseSensitive, bool descending)
    {
        object? Key(object? item) => key(item) is string text && !caseSensitive ? text.ToLowerInvariant() : key(item);
        var comparer = Comparer<object?>.Create(Values.Compare);
        try
        {
            return descending ? [.. items.OrderByDescending(Key, comparer)] : [.. items.OrderBy(Key, comparer)];
        }
        catch (InvalidOperationException exception) when (exception.InnerException is JinjaException cause)
        {
            throw cause;
        }
    }

    private static object?[] Unique(Run run, IReadOnlyList<object?> items)
    {
        var seen = new List<object?>();
        foreach (var item in items)
        {
            if (!seen.Exists(other => Values.AreEqual(run, other, item)))
                seen.Add(item);
        }
        return [.. seen];
    }

    private static object? AtOrSelf(object? item, object? path) => path is null ? item : At(item, path);

    /// <summary>The value at a path like <c>function.name</c>, or at an index.</summary>
    private static object? At(object? item, object? path)
    {
        if (path is long index)
            return item is IReadOnlyList<object?> list ? Subscript.At(list, index) : new Undefined("an item");
        foreach (var part in Values.String(path).Split('.'))
        {
            item = item switch
            {
                Map map when map.TryGetValue(part, out var entry) => entry,
                IAttributes attributes when attributes.TryGet(part, out var attribute) => attribute,
                IReadOnlyList<object?> list when int.TryParse(part, out var at) => Subscript.At(list, at),
                _ => new Undefined(part),
            };
        }
        return item;
    }
}
