using System.Globalization;
using LLMoin.Billing.Money;

namespace LLMoin.Billing.Csv;

/// <summary>A value of a table: text, or a number or date that is written so that German Excel reads it as one.</summary>
internal readonly record struct CsvCell(string Text, bool IsText)
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    public static implicit operator CsvCell(string text) => new(text, true);

    public static implicit operator CsvCell(long number) => new(number.ToString(CultureInfo.InvariantCulture), false);

    /// <summary>Euros with a decimal comma and no grouping, e.g. <c>-1234,50</c>.</summary>
    public static implicit operator CsvCell(Cents cents) => new((cents.Value / 100m).ToString("0.00", German), false);

    public static implicit operator CsvCell(DateOnly day) => new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), false);
}
