using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LLMoin.Prompts.Packages;

/// <summary>
/// The one way to write a JSON value as bytes (JSON Canonicalization Scheme, RFC 8785), so that a signature does not depend on blanks, the
/// order of members or how a file was stored.
/// </summary>
internal static class CanonicalJson
{
    /// <param name="element">Without duplicate members.</param>
    /// <param name="without">A member of the outermost object that is left out.</param>
    /// <exception cref="FormatException">It holds a number that no double is.</exception>
    public static byte[] Bytes(JsonElement element, string? without = null)
    {
        var text = new StringBuilder();
        Write(text, element, without);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, JsonElement element, string? without = null)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                // RFC 8785 sorts by UTF-16 code units, which is what ordinal means here.
                var members = element.EnumerateObject().Where(member => member.Name != without).OrderBy(member => member.Name, StringComparer.Ordinal);
                WriteAll(text, '{', members, '}', member =>
                {
                    WriteString(text, member.Name);
                    text.Append(':');
                    Write(text, member.Value);
                });
                break;
            case JsonValueKind.Array:
                WriteAll(text, '[', element.EnumerateArray(), ']', item => Write(text, item));
                break;
            case JsonValueKind.String:
                WriteString(text, element.GetString()!);
                break;
            case JsonValueKind.Number:
                WriteNumber(text, element.TryGetDouble(out var number) && double.IsFinite(number) ? number : throw new FormatException("A number is too large."));
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder text, char open, IEnumerable<T> items, char close, Action<T> write)
    {
        text.Append(open);
        var start = text.Length;
        foreach (var item in items)
        {
            if (text.Length > start)
                text.Append(',');
            write(item);
        }

        text.Append(close);
    }

    /// <summary>The shortest digits that say which number it is, written as ECMAScript's Number::toString does.</summary>
    private static void WriteNumber(StringBuilder text, double number)
    {
        if (number == 0)
        {
            text.Append('0');
            return;
        }

        // Such as 0.00012, 1500 or 1.5E+20.
        var parts = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var written = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = written.Trim('0');
        // Where the decimal point stands, counted from before the first digit.
        var point = (parts[0].IndexOf('.') is var dot && dot >= 0 ? dot : parts[0].Length) - (written.Length - written.TrimStart('0').Length)
            + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        if (number < 0)
            text.Append('-');
        if (point is > 21 or < -5)
        {
            text.Append(digits[0]).Append(digits.Length > 1 ? "." : "").Append(digits.AsSpan(1))
                .Append(CultureInfo.InvariantCulture, $"e{(point > 0 ? "+" : "-")}{Math.Abs(point - 1)}");
        }
        else if (point <= 0)
            text.Append("0.").Append('0', -point).Append(digits);
        else if (digits.Length <= point)
            text.Append(digits).Append('0', point - digits.Length);
        else
            text.Append(digits.AsSpan(0, point)).Append('.').Append(digits.AsSpan(point));
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }
}
