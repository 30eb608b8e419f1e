using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LLMoin.Billing.Months;

/// <summary>A calendar month in <c>Billing:TimeZone</c>, written <c>2026-11</c>: the period of ledger, statements and invoices.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct BillingMonth(int Year, int Month) : IComparable<BillingMonth>
{
    public static BillingMonth Of(DateOnly day) => new(day.Year, day.Month);

    /// <param name="at">A moment.</param>
    /// <param name="zone">Whose calendar counts.</param>
    public static BillingMonth Of(DateTimeOffset at, TimeZoneInfo zone) => Of(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime));

    public DateOnly FirstDay => new(Year, Month, 1);

    public DateOnly LastDay => new(Year, Month, Days);

    public int Days => DateTime.DaysInMonth(Year, Month);

    public BillingMonth Next => Of(FirstDay.AddMonths(1));

    public BillingMonth Previous => Of(FirstDay.AddMonths(-1));

    public static bool operator <(BillingMonth left, BillingMonth right) => left.CompareTo(right) < 0;

    public static bool operator >(BillingMonth left, BillingMonth right) => left.CompareTo(right) > 0;

    public static bool operator <=(BillingMonth left, BillingMonth right) => left.CompareTo(right) <= 0;

    public static bool operator >=(BillingMonth left, BillingMonth right) => left.CompareTo(right) >= 0;

    /// <returns>False for anything but a year and a month such as 2026-11.</returns>
    public static bool TryParse(string? text, out BillingMonth month)
    {
        var isMonth = DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        month = isMonth ? Of(day) : default;
        return isMonth;
    }

    public int CompareTo(BillingMonth other) => (Year, Month).CompareTo((other.Year, other.Month));

    public override string ToString() => FirstDay.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private sealed class Converter : JsonConverter<BillingMonth>
    {
        public override BillingMonth Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => TryParse(reader.GetString(), out var month) ? month : throw new JsonException("A month is written such as 2026-11.");

        public override void Write(Utf8JsonWriter writer, BillingMonth value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
