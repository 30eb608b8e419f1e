namespace LLMoin.Inference.Templates.Jinja;

internal sealed class Negation(Expression operand) : Expression
{
    protected override object? Compute(Scope scope) => Values.AsNumber(operand.Evaluate(scope)) switch
    {
        // A switch would make a double of both.
        long number => (object)-number,
        double number => (object)-number,
        _ => throw new JinjaException("only a number can be negated"),
    };
}

/// <summary><c>a ~ b</c>: both as text.</summary>
internal sealed class Concatenation(Expression left, Expression right) : Expression
{
    protected override object? Compute(Scope scope)
    {
        var (before, after) = (Printing.Text(scope.Run, left.Evaluate(scope)), Printing.Text(scope.Run, right.Evaluate(scope)));
        scope.Run.Charge(before.Length + (long)after.Length);
        return before + after;
    }
}

/// <summary>Arithmetic, and what <c>+</c> and <c>*</c> do to texts and lists.</summary>
internal sealed class Arithmetic(string sign, Expression left, Expression right) : Expression
{
    protected override object? Compute(Scope scope)
    {
        var (a, b) = (left.Evaluate(scope), right.Evaluate(scope));
        if (Values.AsNumber(a) is { } x && Values.AsNumber(b) is { } y)
            return x is long m && y is long n && sign != "/" ? OfIntegers(m, n) : OfFloats(Convert.ToDouble(x, null), Convert.ToDouble(y, null));
        return (sign, a, b) switch
        {
            ("+", string before, string after) => Joined(scope.Run, before, after),
            ("+", IReadOnlyList<object?> before, IReadOnlyList<object?> after) => Joined(scope.Run, before, after),
            ("*", string text, long times) => Repeated(scope.Run, text, times),
            _ => throw new JinjaException($"'{sign}' does not apply to {Values.TypeName(a)} and {Values.TypeName(b)}"),
        };
    }

    private static string Joined(Run run, string before, string after)
    {
        run.Charge(before.Length + (long)after.Length);
        return before + after;
    }

    private static object?[] Joined(Run run, IReadOnlyList<object?> before, IReadOnlyList<object?> after)
    {
        run.ChargeItems(before.Count + (long)after.Count);
        return [.. before, .. after];
    }

    private static string Repeated(Run run, string text, long times)
    {
        if (times <= 0)
            return "";
        run.Charge(times > int.MaxValue ? long.MaxValue / 2 : text.Length * times);
        return string.Concat(Enumerable.Repeat(text, (int)times));
    }

    private object OfIntegers(long a, long b)
    {
        try
        {
            return sign switch
            {
                "+" => checked(a + b),
                "-" => checked(a - b),
                "*" => checked(a * b),
                "//" => checked((long)Math.Floor((decimal)a / b)),
                "%" => b == -1 ? 0 : (a % b + b) % b,
                _ => Power(a, b),
            };
        }
        catch (DivideByZeroException)
        {
            throw new JinjaException("a division by zero");
        }
        catch (OverflowException)
        {
            throw new JinjaException("a number is too large");
        }
    }

    private static object Power(long a, long b)
    {
        var power = Math.Pow(a, b);
        return b < 0 ? (object)power : checked((long)power);
    }

    private double OfFloats(double a, double b)
    {
        if (b == 0 && sign is ("/" or "//" or "%"))
            throw new JinjaException("a division by zero");
        return sign switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "//" => Math.Floor(a / b),
            "%" => a - b * Math.Floor(a / b),
            _ => Math.Pow(a, b),
        };
    }
}

/// <summary><c>a &lt; b &lt; c</c>, <c>==</c>, <c>in</c> …; a chain holds when each link does.</summary>
internal sealed class Comparison(Expression first, IReadOnlyList<(string Operator, Expression Operand)> links) : Expression
{
    protected override object? Compute(Scope scope)
    {
        var left = first.Evaluate(scope);
        foreach (var (comparison, operand) in links)
        {
            var right = operand.Evaluate(scope);
            if (!Holds(scope.Run, comparison, left, right))
                return false;
            left = right;
        }
        return true;
    }

    public static bool Holds(Run run, string comparison, object? left, object? right) => comparison switch
    {
        "==" => Values.AreEqual(run, left, right),
        "!=" => !Values.AreEqual(run, left, right),
        "in" => Contains(run, right, left),
        "not in" => !Contains(run, right, left),
        "<" => Values.Compare(left, right) < 0,
        "<=" => Values.Compare(left, right) <= 0,
        ">" => Values.Compare(left, right) > 0,
        _ => Values.Compare(left, right) >= 0,
    };

    private static bool Contains(Run run, object? whole, object? part) => whole switch
    {
        string text => text.Contains(Values.String(part), StringComparison.Ordinal),
        Map map => part is string or long && map.ContainsKey(part),
        IAttributes attributes => part is string name && attributes.TryGet(name, out _),
        _ => Values.Items(run, whole).Any(item => Values.AreEqual(run, item, part)),
    };
}
