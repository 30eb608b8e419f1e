using System.Globalization;
using LLMoin.Inference.Structured.Gbnf;

namespace LLMoin.Inference.Structured.Schemas;

/// <summary>Writes numbers. Bounds become digits: whole ones for integers, and the whole parts of numbers with decimal places.</summary>
internal static class NumberRules
{
    private const int PlacesWithinBounds = 6;

    public static string Write(NumberShape shape, bool fractions, string path, GrammarBuilder grammar)
    {
        if (fractions && shape is { Lower: null, Upper: null, Places: null })
            return JsonRules.Use(grammar, "number");

        var places = fractions ? shape.Places ?? PlacesWithinBounds : 0;
        if (places > 0 && !(Whole(shape.Lower) && Whole(shape.Upper)))
            throw new UnsupportedSchemaException($"The bounds at {path} are not supported: those of a number must be whole.");
        var lower = Bound(shape.Lower, -IntegerRange.Largest, decimal.Ceiling, shape.AboveLower && places == 0 ? 1 : 0);
        var upper = Bound(shape.Upper, IntegerRange.Largest, decimal.Floor, shape.BelowUpper && places == 0 ? -1 : 0);
        var (open, closed) = (places > 0 && shape.AboveLower, places > 0 && shape.BelowUpper);
        if (lower > upper || (lower == upper && (open || closed)))
            throw new UnsupportedSchemaException($"No number lies within the bounds at {path}.");

        var alternatives = new List<string>();
        if (lower < 0)
            alternatives.AddRange(
                Magnitudes(Math.Max(0, -upper), upper >= 0 || closed, -lower, open, places).Select(magnitude => $"\"-\" {magnitude}"));
        if (upper >= 0)
            alternatives.AddRange(Magnitudes(Math.Max(0, lower), lower >= 0 && open, upper, closed, places));
        return grammar.Share(string.Join(" | ", alternatives));
    }

    /// <summary>Numbers from 0 on, each alternative with or without its decimal places.</summary>
    private static IEnumerable<string> Magnitudes(long lower, bool above, long upper, bool below, int places)
    {
        if (places == 0 || lower == upper)
        {
            foreach (var digits in IntegerRange.Write(above ? lower + 1 : lower, below ? upper - 1 : upper))
                yield return digits;
            yield break;
        }
        if (above)
            yield return $"\"{lower.ToString(CultureInfo.InvariantCulture)}.\" [0-9]{{0,{places - 1}}} [1-9]";
        foreach (var digits in IntegerRange.Write(above ? lower + 1 : lower, upper - 1))
            yield return $"{digits} ( \".\" [0-9]{{1,{places}}} )?";
        if (!below)
            yield return $"\"{upper.ToString(CultureInfo.InvariantCulture)}\"";
    }

    private static bool Whole(decimal? bound) => bound is null || decimal.IsInteger(bound.Value);

    private static long Bound(decimal? bound, long otherwise, Func<decimal, decimal> round, int step)
    {
        if (bound is not { } value)
            return otherwise;
        var whole = decimal.IsInteger(value) ? value + (Math.Abs(value) < IntegerRange.Largest ? step : 0) : round(value);
        return (long)Math.Clamp(whole, -IntegerRange.Largest, IntegerRange.Largest);
    }
}
