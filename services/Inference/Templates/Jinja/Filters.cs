using System.Globalization;

namespace LLMoin.Inference.Templates.Jinja;

/// <summary>Filters on texts and single values (Jinja 3.1, "List of Builtin Filters"); those on lists are <see cref="ListFilters"/>.</summary>
internal static class Filters
{
    public static object? Apply(Run run, string name, object? value, Arguments given) => name switch
    {
        "tojson" => Printing.Json(run, value, Style(given)),
        "string" => Printing.Text(run, value),
        "safe" => value,
        "trim" => run.Made(Methods.Strip(Text(run, value), given, true, true)),
        "upper" => run.Made(Methods.Upper(Text(run, value))),
        "lower" => run.Made(Text(run, value).ToLowerInvariant()),
        "title" => run.Made(Methods.Title(Text(run, value), before => char.IsWhiteSpace(before) || "-({[<".Contains(before, StringComparison.Ordinal))),
        "capitalize" => run.Made(Methods.Capitalize(Text(run, value))),
        "replace" => Methods.Replace(run, Text(run, value), given.Text(0, "old"), given.Text(1, "new"), Values.Integer(given.Get(2, "count", -1L))),
        "indent" => Indent(run, Text(run, value), given),
        "default" or "d" => value is Undefined || (given.Flag(1, "boolean") && !Values.IsTrue(value)) ? given.Get(0, "default_value", "") : value,
        "int" => Integer(value, given.Get(0, "default", 0L)),
        "float" => Float(value, given.Get(0, "default", 0.0)),
        "abs" => Absolute(value),
        "round" => Round(value, (int)Math.Clamp(Values.Integer(given.Get(0, "precision", 0L)), 0, 15)),
        "length" or "count" => Length(value),
        _ => ListFilters.Apply(run, name, value, given),
    };

    private static string Text(Run run, object? value) => value as string ?? Printing.Text(run, value);

    private static long Length(object? value) => value switch
    {
        string text => text.Length,
        IReadOnlyList<object?> list => list.Count,
        Map map => map.Count,
        Undefined => 0,
        _ => throw new JinjaException($"{Values.TypeName(value)} has no length"),
    };

    private static JsonStyle Style(Arguments given)
    {
        var style = new JsonStyle(AsciiOnly: given.Flag(1, "ensure_ascii"), SortKeys: given.Flag(4, "sort_keys"));
        if (given.Get(0, "indent") is { } indent)
            style = style with { Indent = (int)Math.Clamp(Values.Integer(indent), 0, 16) };
        return given.Get(3, "separators") is IReadOnlyList<object?> { Count: 2 } separators
            ? style with { ItemSeparator = Values.String(separators[0]), KeySeparator = Values.String(separators[1]) }
            : style;
    }

    /// <summary>Lines after the first, those with text, are indented by a number of spaces or by a text.</summary>
    private static string Indent(Run run, string text, Arguments given)
    {
        var width = given.Get(0, "width", 4L);
        var margin = width as string ?? new string(' ', (int)Math.Clamp(Values.Integer(width), 0, 1000));
        var (first, blank) = (given.Flag(1, "first"), given.Flag(2, "blank"));
        var breaks = text.AsSpan().Count('\n');
        run.Charge(text.Length + (breaks + 1L) * (Run.ItemSize + margin.Length));
        return string.Join('\n', text.Split('\n').Select((line, number) => (number == 0 ? first : blank || line.Length > 0) ? margin + line : line));
    }

    private static object? Integer(object? value, object? otherwise) => value switch
    {
        string text when long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        string text when double.TryParse(text, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < long.MaxValue => (long)number,
        double number when Math.Abs(number) < long.MaxValue => (long)number,
        _ => Values.AsNumber(value) as long? ?? otherwise,
    };

    private static object? Float(object? value, object? otherwise) => value switch
    {
        string text when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
        _ => Values.AsNumber(value) is { } number ? Convert.ToDouble(number, CultureInfo.InvariantCulture) : otherwise,
    };

    private static object Absolute(object? value) => Values.AsNumber(value) switch
    {
        // A switch would make a double of both.
        long number and > long.MinValue => (object)Math.Abs(number),
        double number => (object)Math.Abs(number),
        _ => throw new JinjaException($"{Values.TypeName(value)} has no absolute value"),
    };

    private static double Round(object? value, int precision)
        => Math.Round(Convert.ToDouble(Values.AsNumber(value) ?? throw new JinjaException($"{Values.TypeName(value)} cannot be rounded"), null), precision);
}
