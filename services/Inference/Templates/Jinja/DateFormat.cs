using System.Globalization;
using System.Text;

namespace LLMoin.Inference.Templates.Jinja;

/// <summary>C's <c>strftime</c> in the C locale; codes that it does not know stay as they are written.</summary>
internal static class DateFormat
{
    public static string Format(DateTimeOffset time, string format)
    {
        var output = new StringBuilder();
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] != '%' || at + 1 == format.Length)
            {
                output.Append(format[at]);
                continue;
            }
            // "%-d" is glibc's day without a leading zero.
            var bare = format[at + 1] == '-' && at + 2 < format.Length;
            var code = format[at += bare ? 2 : 1];
            var part = Part(time, code);
            output.Append(part is null ? $"%{(bare ? "-" : "")}{code}" : bare ? part.TrimStart('0').PadLeft(1, '0') : part);
        }
        return output.ToString();
    }

    private static string? Part(DateTimeOffset time, char code) => code switch
    {
        'Y' => Net(time, "yyyy"),
        'y' => Net(time, "yy"),
        'm' => Net(time, "MM"),
        'd' => Net(time, "dd"),
        'e' => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'B' => Net(time, "MMMM"),
        'b' or 'h' => Net(time, "MMM"),
        'A' => Net(time, "dddd"),
        'a' => Net(time, "ddd"),
        'H' => Net(time, "HH"),
        'I' => Net(time, "hh"),
        'M' => Net(time, "mm"),
        'S' => Net(time, "ss"),
        'p' => Net(time, "tt"),
        'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        'F' => Net(time, "yyyy-MM-dd"),
        'T' => Net(time, "HH:mm:ss"),
        'D' => Net(time, "MM/dd/yy"),
        'Z' or 'z' => Net(time, "zzz").Replace(":", "", StringComparison.Ordinal),
        '%' => "%",
        _ => null,
    };

    private static string Net(DateTimeOffset time, string pattern) => time.ToString(pattern, CultureInfo.InvariantCulture);
}
