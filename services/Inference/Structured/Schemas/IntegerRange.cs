using System.Globalization;
using LLMoin.Inference.Structured.Gbnf;

namespace LLMoin.Inference.Structured.Schemas;

/// <summary>Writes the integers of a range as alternatives of digits, without leading zeros.</summary>
internal static class IntegerRange
{
    /// <summary>15 digits: all of them are exact as a double, which is how most readers hold a JSON number.</summary>
    public const long Largest = 999_999_999_999_999;

    /// <param name="lower">From 0.</param>
    /// <param name="upper">Up to <see cref="Largest"/>; below <paramref name="lower"/> for no integers at all.</param>
    public static IEnumerable<string> Write(long lower, long upper)
    {
        if (lower == 0 && upper >= 0)
        {
            yield return "\"0\"";
            lower = 1;
        }
        while (lower <= upper)
        {
            var (digits, end) = Digits(lower);
            if (lower == PowerOfTen(digits - 1) && upper >= end)
            {
                var most = digits;
                while (most < 15 && upper >= PowerOfTen(most + 1) - 1)
                    most++;
                yield return $"[1-9] {Any(digits - 1, most - 1)}".TrimEnd();
                lower = PowerOfTen(most);
                continue;
            }
            yield return Between(Text(lower), Text(Math.Min(upper, end)));
            lower = end + 1;
        }
    }

    /// <summary>Digits from one to another of the same length, above none and below none of which anything lies.</summary>
    private static string Between(ReadOnlySpan<char> lower, ReadOnlySpan<char> upper)
    {
        if (lower.TrimStart('0').IsEmpty && upper.TrimStart('9').IsEmpty)
            return Any(lower.Length, lower.Length);
        var (first, last, others) = (lower[0], upper[0], lower.Length - 1);
        if (first == last)
            return $"\"{first}\" {Between(lower[1..], upper[1..])}".TrimEnd();

        var alternatives = new List<string>();
        if (!lower[1..].TrimStart('0').IsEmpty)
            alternatives.Add($"\"{first++}\" {Between(lower[1..], new string('9', others))}".TrimEnd());
        var above = !upper[1..].TrimStart('9').IsEmpty
            ? $"\"{last--}\" {Between(new string('0', others), upper[1..])}".TrimEnd()
            : null;
        if (first <= last)
            alternatives.Add($"{(first == last ? $"\"{first}\"" : $"[{first}-{last}]")} {Any(others, others)}".TrimEnd());
        if (above is not null)
            alternatives.Add(above);
        return GbnfText.Choice(alternatives);
    }

    private static string Any(int least, int most) => (least, most) switch
    {
        (_, 0) => "",
        (1, 1) => "[0-9]",
        _ when least == most => string.Create(CultureInfo.InvariantCulture, $"[0-9]{{{most}}}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"[0-9]{{{least},{most}}}"),
    };

    private static (int Digits, long End) Digits(long number)
    {
        var digits = Text(number).Length;
        return (digits, PowerOfTen(digits) - 1);
    }

    private static long PowerOfTen(int exponent)
    {
        var power = 1L;
        for (; exponent > 0; exponent--)
            power *= 10;
        return power;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
