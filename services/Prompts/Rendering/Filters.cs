using System.Globalization;
using Fluid;
using Fluid.Values;

namespace LLMoin.Prompts.Rendering;

/// <summary>The filters of prompts. None of them makes a text longer than what goes in by more than a few characters.</summary>
internal static class Filters
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    private static readonly Dictionary<string, FilterDelegate> All = new(StringComparer.Ordinal)
    {
        ["upcase"] = (input, _, context) => new StringValue(input.ToStringValue().ToUpper(context.CultureInfo)),
        ["downcase"] = (input, _, context) => new StringValue(input.ToStringValue().ToLower(context.CultureInfo)),
        ["strip"] = (input, _, _) => new StringValue(input.ToStringValue().Trim()),
        ["default"] = (input, arguments, _) => input.IsNil() || input.ToStringValue().Length == 0 ? arguments.At(0) : input,
        ["datum"] = (input, _, _) => new StringValue(LongDate(input.ToStringValue())),
    };

    public static IReadOnlyCollection<string> Names => All.Keys;

    public static void Register(FilterCollection filters)
    {
        filters.Clear();
        foreach (var (name, filter) in All)
            filters.AddFilter(name, filter);
    }

    /// <summary>"2026-03-01" becomes "1. März 2026" (DIN 5008); what is no date stays.</summary>
    private static string LongDate(string text)
        => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("d. MMMM yyyy", German)
            : text;
}
