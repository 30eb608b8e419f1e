namespace LLMoin.Inference.Templates.Jinja;

/// <summary>The arguments of one call, evaluated.</summary>
internal sealed record Arguments(IReadOnlyList<object?> Positional, IReadOnlyDictionary<string, object?> Named)
{
    public static Arguments None { get; } = new([], new Dictionary<string, object?>());

    public static Arguments Of(params object?[] positional) => new(positional, None.Named);

    public bool Has(int position, string name) => position < Positional.Count || Named.ContainsKey(name);

    /// <summary>By position or by name.</summary>
    public object? Get(int position, string name, object? otherwise = null)
        => position < Positional.Count ? Positional[position] : Named.GetValueOrDefault(name, otherwise);

    /// <exception cref="JinjaException">Not given, or not a text.</exception>
    public string Text(int position, string name) => Values.String(Get(position, name));

    public bool Flag(int position, string name, bool otherwise = false) => Values.IsTrue(Get(position, name, otherwise));

    /// <summary>Without the first ones.</summary>
    public Arguments Skip(int count) => this with { Positional = [.. Positional.Skip(count)] };
}

/// <summary>The arguments of a call as the template writes them.</summary>
internal sealed record ArgumentList(IReadOnlyList<Argument> Written)
{
    public static ArgumentList Empty { get; } = new([]);

    public Arguments Evaluate(Scope scope)
    {
        if (Written.Count == 0)
            return Arguments.None;
        var positional = new List<object?>();
        var named = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var argument in Written)
        {
            var value = argument.Value.Evaluate(scope);
            if (argument.Spread && value is Map map)
            {
                foreach (var (name, item) in map)
                    named[Values.String(name)] = item;
            }
            else if (argument.Spread)
            {
                positional.AddRange(Values.Items(scope.Run, value));
            }
            else if (argument.Name is { } name)
            {
                named[name] = value;
            }
            else
            {
                positional.Add(value);
            }
        }
        return new Arguments(positional, named);
    }
}

/// <param name="Name">Of a keyword argument.</param>
/// <param name="Spread">Written with <c>*</c> or <c>**</c>.</param>
internal sealed record Argument(string? Name, Expression Value, bool Spread = false);
