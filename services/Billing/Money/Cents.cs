using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LLMoin.Billing.Money;

/// <summary>Euro cents; a plain whole number in JSON. Negative for credits.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct Cents(long Value) : IComparable<Cents>
{
    public static readonly Cents Zero = new(0);

    public static Cents operator +(Cents left, Cents right) => new(checked(left.Value + right.Value));

    public static Cents operator -(Cents left, Cents right) => new(checked(left.Value - right.Value));

    public static Cents operator -(Cents cents) => new(checked(-cents.Value));

    public static bool operator <(Cents left, Cents right) => left.Value < right.Value;

    public static bool operator >(Cents left, Cents right) => left.Value > right.Value;

    /// <summary>
    /// <paramref name="numerator"/> / <paramref name="denominator"/> cents, rounded once, half away from zero: the commercial rounding of
    /// DIN 1333, and the only one on the way to an invoice.
    /// </summary>
    /// <param name="numerator">Any whole number.</param>
    /// <param name="denominator">Above zero.</param>
    /// <exception cref="OverflowException">More than 92 quadrillion euros.</exception>
    public static Cents Round(Int128 numerator, Int128 denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var (whole, rest) = Int128.DivRem(numerator, denominator);
        if (Int128.Abs(rest) * 2 >= denominator)
            whole += Int128.Sign(numerator);
        return new Cents(checked((long)whole));
    }

    public int CompareTo(Cents other) => Value.CompareTo(other.Value);

    /// <summary>As XML and CSV write it, e.g. <c>-1234.50</c>.</summary>
    public override string ToString() => (Value / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private sealed class Converter : JsonConverter<Cents>
    {
        public override Cents Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, Cents value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }
}

internal static class CentsSums
{
    public static Cents Sum(this IEnumerable<Cents> amounts) => amounts.Aggregate(Cents.Zero, (sum, next) => sum + next);

    public static Cents Sum<T>(this IEnumerable<T> items, Func<T, Cents> amount) => items.Select(amount).Sum();
}
