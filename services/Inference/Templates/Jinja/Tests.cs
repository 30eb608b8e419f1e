namespace LLMoin.Inference.Templates.Jinja;

/// <summary>What can stand after <c>is</c> (Jinja 3.1, "List of Builtin Tests").</summary>
internal static class Tests
{
    public static bool Holds(Run run, string name, object? value, Arguments given) => name switch
    {
        "defined" => value is not Undefined,
        "undefined" => value is Undefined,
        "none" => value is null,
        "string" => value is string,
        "number" => value is long or double or bool,
        "integer" => value is long,
        "float" => value is double,
        "boolean" => value is bool,
        "true" => value is true,
        "false" => value is false,
        "mapping" => value is Map,
        "sequence" or "iterable" => value is string or IReadOnlyList<object?> or Map or Undefined,
        "callable" => value is Callable,
        "odd" => Values.Integer(value) % 2 != 0,
        "even" => Values.Integer(value) % 2 == 0,
        "divisibleby" => Values.Integer(value) % NotZero(Values.Integer(given.Get(0, "num"))) == 0,
        "lower" => value is string text && !text.Any(char.IsUpper),
        "upper" => value is string text && !text.Any(char.IsLower),
        "sameas" => value is null or bool ? Equals(value, given.Get(0, "other")) : ReferenceEquals(value, given.Get(0, "other")),
        "in" => Comparison.Holds(run, "in", value, given.Get(0, "seq")),
        "eq" or "equalto" or "==" => Comparison.Holds(run, "==", value, given.Get(0, "b")),
        "ne" or "!=" => Comparison.Holds(run, "!=", value, given.Get(0, "b")),
        "lt" or "lessthan" or "<" => Comparison.Holds(run, "<", value, given.Get(0, "b")),
        "le" or "<=" => Comparison.Holds(run, "<=", value, given.Get(0, "b")),
        "gt" or "greaterthan" or ">" => Comparison.Holds(run, ">", value, given.Get(0, "b")),
        "ge" or ">=" => Comparison.Holds(run, ">=", value, given.Get(0, "b")),
        _ => throw new JinjaException($"the test '{name}' is not known"),
    };

    private static long NotZero(long number) => number != 0 ? number : throw new JinjaException("a division by zero");
}
