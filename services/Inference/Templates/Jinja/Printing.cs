using System.Globalization;
using System.Text;

namespace LLMoin.Inference.Templates.Jinja;

/// <summary>Values as text: as Python's <c>str</c> prints them, or as JSON.</summary>
internal static class Printing
{
    /// <summary>What <c>{{ value }}</c> prints.</summary>
    public static string Text(Run run, object? value)
    {
        switch (value)
        {
            case string text:
                return text;
            case Undefined:
                return "";
            default:
                var output = new StringBuilder();
                AppendPython(run, output, value);
                return run.Made(output.ToString());
        }
    }

    public static string Json(Run run, object? value, JsonStyle style)
    {
        var output = new StringBuilder();
        AppendJson(run, output, value, style, 0);
        return run.Made(output.ToString());
    }

    public static string Number(object number) => number switch
    {
        double value when double.IsFinite(value) => Float(value),
        double value => value > 0 ? "inf" : value < 0 ? "-inf" : "nan",
        _ => ((long)number).ToString(CultureInfo.InvariantCulture),
    };

    private static string Float(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
        return text.Contains('.', StringComparison.Ordinal) || text.Contains('e', StringComparison.Ordinal) ? text : text + ".0";
    }

    private static void AppendPython(Run run, StringBuilder output, object? value)
    {
        run.Step();
        switch (value)
        {
            case null:
                output.Append("None");
                break;
            case Undefined:
                output.Append("Undefined");
                break;
            case bool truth:
                output.Append(truth ? "True" : "False");
                break;
            case long or double:
                output.Append(Number(value));
                break;
            case string text:
                run.Charge(text.Length);
                AppendQuoted(output, text);
                break;
            case IReadOnlyList<object?> list:
                AppendItems(output, '[', ']', ", ", list, item => AppendPython(run, output, item));
                break;
            case Map map:
                AppendItems(output, '{', '}', ", ", map, entry =>
                {
                    AppendPython(run, output, entry.Key);
                    output.Append(": ");
                    AppendPython(run, output, entry.Value);
                });
                break;
            default:
                output.Append('<').Append(Values.TypeName(value)).Append('>');
                break;
        }
    }

    private static void AppendQuoted(StringBuilder output, string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        output.Append(quote);
        foreach (var character in text)
        {
            if (character == quote || character == '\\')
                output.Append('\\').Append(character);
            else
                AppendCharacter(output, character, "\\x");
        }
        output.Append(quote);
    }

    private static void AppendJson(Run run, StringBuilder output, object? value, JsonStyle style, int depth)
    {
        run.Step();
        run.Charge(style.Spaces(depth));
        switch (value)
        {
            case null:
                output.Append("null");
                break;
            case bool truth:
                output.Append(truth ? "true" : "false");
                break;
            case long or double:
                output.Append(Number(value));
                break;
            case string text:
                run.Charge(text.Length);
                AppendJsonString(output, text, style);
                break;
            case IReadOnlyList<object?> list:
                AppendItems(output, '[', ']', style.Between(depth), list, item => AppendJson(run, output, item, style, depth + 1), style.Edges(depth));
                break;
            case Map map:
                var entries = style.SortKeys ? map.OrderBy(entry => Text(run, entry.Key), StringComparer.Ordinal) : map.AsEnumerable();
                AppendItems(output, '{', '}', style.Between(depth), entries, entry =>
                {
                    AppendJsonString(output, Text(run, entry.Key), style);
                    output.Append(style.KeySeparator);
                    AppendJson(run, output, entry.Value, style, depth + 1);
                }, style.Edges(depth));
                break;
            default:
                throw new JinjaException($"{Values.TypeName(value)} has no JSON");
        }
    }

    private static void AppendItems<T>(
        StringBuilder output, char open, char close, string between, IEnumerable<T> items, Action<T> append, (string Open, string Close) edges = default)
    {
        output.Append(open);
        var first = true;
        foreach (var item in items)
        {
            output.Append(first ? edges.Open : between);
            first = false;
            append(item);
        }
        output.Append(first ? "" : edges.Close).Append(close);
    }

    private static void AppendJsonString(StringBuilder output, string text, JsonStyle style)
    {
        output.Append('"');
        foreach (var character in text)
        {
            if (character is '"' or '\\')
                output.Append('\\').Append(character);
            else if (character == '\b')
                output.Append("\\b");
            else if (character == '\f')
                output.Append("\\f");
            else if (character > '~' && style.AsciiOnly)
                output.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                AppendCharacter(output, character, "\\u00");
        }
        output.Append('"');
    }

    private static void AppendCharacter(StringBuilder output, char character, string controlPrefix)
        => _ = character switch
        {
            '\n' => output.Append("\\n"),
            '\r' => output.Append("\\r"),
            '\t' => output.Append("\\t"),
            < ' ' => output.Append(controlPrefix).Append(CultureInfo.InvariantCulture, $"{(int)character:x2}"),
            _ => output.Append(character),
        };
}

/// <summary>How <c>tojson</c> writes, with the defaults of Python's <c>json.dumps</c> as chat templates expect them.</summary>
/// <param name="Indent">Spaces a level; null for one line.</param>
internal sealed record JsonStyle(
    int? Indent = null, bool AsciiOnly = false, bool SortKeys = false, string? ItemSeparator = null, string KeySeparator = ": ")
{
    public string Between(int depth) => (ItemSeparator ?? (Indent is null ? ", " : ",")) + Break(depth + 1);

    public (string Open, string Close) Edges(int depth) => (Break(depth + 1), Break(depth));

    public int Spaces(int depth) => Indent is { } spaces ? Math.Clamp(spaces, 0, 16) * depth : 0;

    private string Break(int depth) => Indent is null ? "" : "\n" + new string(' ', Spaces(depth));
}
