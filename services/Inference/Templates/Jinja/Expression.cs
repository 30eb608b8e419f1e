namespace LLMoin.Inference.Templates.Jinja;

/// <summary>A part of a template that has a value.</summary>
internal abstract class Expression
{
    /// <exception cref="JinjaException">It has no value, or a limit is exceeded.</exception>
    public object? Evaluate(Scope scope)
    {
        scope.Run.Step();
        return Compute(scope);
    }

    protected abstract object? Compute(Scope scope);
}

internal sealed class Literal(object? value) : Expression
{
    protected override object? Compute(Scope scope) => value;
}

internal sealed class Variable(string name) : Expression
{
    public string Name { get; } = name;

    protected override object? Compute(Scope scope) => scope.Get(Name);
}

/// <summary>A list or tuple; templates cannot tell them apart, as neither can be changed.</summary>
internal sealed class ListLiteral(IReadOnlyList<Expression> items) : Expression
{
    public IReadOnlyList<Expression> Items { get; } = items;

    protected override object? Compute(Scope scope) => Items.Select(item => item.Evaluate(scope)).ToArray();
}

internal sealed class MapLiteral(IReadOnlyList<(Expression Key, Expression Value)> entries) : Expression
{
    protected override object? Compute(Scope scope)
    {
        var map = new Map();
        foreach (var (key, value) in entries)
            map[Values.Key(key.Evaluate(scope))] = value.Evaluate(scope);
        return map;
    }
}

/// <summary><c>a if condition else b</c>; without <c>else</c> it may be undefined.</summary>
internal sealed class Conditional(Expression condition, Expression whenTrue, Expression? otherwise) : Expression
{
    protected override object? Compute(Scope scope)
        => Values.IsTrue(condition.Evaluate(scope)) ? whenTrue.Evaluate(scope)
            : otherwise is null ? new Undefined("an if without else") : otherwise.Evaluate(scope);
}

/// <summary><c>and</c>, <c>or</c>: the operand that decides, not its truth.</summary>
internal sealed class Logical(bool isAnd, Expression left, Expression right) : Expression
{
    protected override object? Compute(Scope scope)
    {
        var value = left.Evaluate(scope);
        return Values.IsTrue(value) == isAnd ? right.Evaluate(scope) : value;
    }
}

internal sealed class Not(Expression operand) : Expression
{
    protected override object? Compute(Scope scope) => !Values.IsTrue(operand.Evaluate(scope));
}
