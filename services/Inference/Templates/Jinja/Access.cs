namespace LLMoin.Inference.Templates.Jinja;

/// <summary><c>a.b</c>: a method before an entry of a mapping.</summary>
internal sealed class AttributeAccess(Expression owner, string name) : Expression
{
    protected override object? Compute(Scope scope)
    {
        var value = owner.Evaluate(scope);
        return value is Undefined undefined
            ? throw new JinjaException($"'{undefined.Name}' is undefined")
            : Methods.Find(value, name) ?? Entry(value, name);
    }

    private static object? Entry(object? value, string name) => value switch
    {
        Map map when map.TryGetValue(name, out var entry) => entry,
        IAttributes attributes when attributes.TryGet(name, out var attribute) => attribute,
        IReadOnlyList<object?> list when int.TryParse(name, out var index) => Subscript.At(list, index),
        _ => new Undefined(name),
    };
}

/// <summary><c>a[b]</c>: an entry of a mapping before a method.</summary>
internal sealed class Subscript(Expression owner, Expression key) : Expression
{
    protected override object? Compute(Scope scope)
    {
        var value = owner.Evaluate(scope);
        var index = key.Evaluate(scope);
        return (value, index) switch
        {
            (Undefined undefined, _) => throw new JinjaException($"'{undefined.Name}' is undefined"),
            (Map map, string or long) when map.TryGetValue(index, out var entry) => entry,
            (IAttributes attributes, string name) when attributes.TryGet(name, out var attribute) => attribute,
            (IReadOnlyList<object?> list, long at) => At(list, at),
            (string text, long at) => CharacterAt(text, at),
            (_, string name) => (object?)Methods.Find(value, name) ?? new Undefined(name),
            _ => new Undefined("an item"),
        };
    }

    public static object? At(IReadOnlyList<object?> list, long index)
    {
        var at = index < 0 ? index + list.Count : index;
        return at >= 0 && at < list.Count ? list[(int)at] : new Undefined("an item");
    }

    private static object CharacterAt(string text, long index)
    {
        var at = index < 0 ? index + text.Length : index;
        return at >= 0 && at < text.Length ? text[(int)at].ToString() : new Undefined("a character");
    }
}

/// <summary><c>a[from:to:step]</c> on a list or string, with Python's rules for negative and missing bounds.</summary>
internal sealed class Slice(Expression owner, Expression? from, Expression? to, Expression? step) : Expression
{
    protected override object? Compute(Scope scope)
    {
        var value = owner.Evaluate(scope);
        var by = Bound(step, scope) ?? 1;
        if (by == 0)
            throw new JinjaException("a slice needs a step other than 0");
        var length = value switch
        {
            IReadOnlyList<object?> list => list.Count,
            string text => text.Length,
            _ => throw new JinjaException($"{Values.TypeName(value)} cannot be sliced"),
        };
        var indices = Indices(length, Bound(from, scope), Bound(to, scope), by);
        return value is string characters
            ? scope.Run.Made(string.Concat(indices.Select(index => characters[index])))
            : indices.Select(index => ((IReadOnlyList<object?>)value)[index]).ToArray();
    }

    private static long? Bound(Expression? bound, Scope scope)
        => bound?.Evaluate(scope) is { } value and not Undefined ? Math.Clamp(Values.Integer(value), int.MinValue, int.MaxValue) : null;

    private static IEnumerable<int> Indices(int length, long? from, long? to, long step)
    {
        var lowest = step > 0 ? 0 : -1;
        var highest = step > 0 ? length : length - 1;
        long Within(long index) => Math.Clamp(index < 0 ? index + length : index, lowest, highest);
        var start = from is { } first ? Within(first) : step > 0 ? lowest : highest;
        var end = to is { } last ? Within(last) : step > 0 ? highest : lowest;
        for (var index = start; step > 0 ? index < end : index > end; index += step)
            yield return (int)index;
    }
}

internal sealed class Call(Expression callee, ArgumentList arguments) : Expression
{
    protected override object? Compute(Scope scope) => Invoke(scope, null);

    /// <param name="caller">What <c>caller()</c> gives inside the macro (call blocks).</param>
    public object? Invoke(Scope scope, Callable? caller)
    {
        if (callee.Evaluate(scope) is not Callable function)
            throw new JinjaException($"{Description} is no function");
        var given = arguments.Evaluate(scope);
        if (caller is not null)
            given = given with { Named = new Dictionary<string, object?>(given.Named) { ["caller"] = caller } };
        return function(scope.Run, given);
    }

    private string Description => callee is Variable variable ? $"'{variable.Name}'" : "what is called";
}
