using System.Text.Json;

namespace LLMoin.Inference.Structured.Schemas;

/// <summary>What the keywords for numbers say.</summary>
/// <param name="Lower">Lowest value; null without limit.</param>
/// <param name="AboveLower">Whether the lowest value itself is excluded.</param>
/// <param name="Upper">Highest value; null without limit.</param>
/// <param name="BelowUpper">Whether the highest value itself is excluded.</param>
/// <param name="Places">Most decimal places; null without limit.</param>
internal sealed record NumberShape(decimal? Lower, bool AboveLower, decimal? Upper, bool BelowUpper, int? Places)
{
    private static readonly HashSet<string> Widths = ["int32", "int64", "float", "double", "decimal"];

    public static NumberShape Read(IReadOnlyList<SchemaPart> parts)
    {
        var shape = new NumberShape(null, false, null, false, null);
        foreach (var bound in Bounds(parts, "minimum"))
            if (shape.Lower is null || bound > shape.Lower)
                shape = shape with { Lower = bound };
        foreach (var bound in Bounds(parts, "exclusiveMinimum"))
            if (shape.Lower is null || bound >= shape.Lower)
                shape = shape with { Lower = bound, AboveLower = true };
        foreach (var bound in Bounds(parts, "maximum"))
            if (shape.Upper is null || bound < shape.Upper)
                shape = shape with { Upper = bound };
        foreach (var bound in Bounds(parts, "exclusiveMaximum"))
            if (shape.Upper is null || bound <= shape.Upper)
                shape = shape with { Upper = bound, BelowUpper = true };
        foreach (var (part, value) in parts.Find("multipleOf"))
            shape = shape with { Places = Math.Min(shape.Places ?? int.MaxValue, PlacesOf(part, value)) };

        if (parts.FindText("format") is { } format)
        {
            if (!Widths.Contains(format.Value))
                throw new UnsupportedSchemaException($"The format '{format.Value}' at {format.Part.Path} is not supported for numbers.");
            if (format.Value == "int32")
                shape = shape with { Lower = Math.Max(shape.Lower ?? int.MinValue, int.MinValue), Upper = Math.Min(shape.Upper ?? int.MaxValue, int.MaxValue) };
        }
        return shape;
    }

    private static IEnumerable<decimal> Bounds(IReadOnlyList<SchemaPart> parts, string keyword)
        => parts.Find(keyword).Select(found => found.Value.ValueKind != JsonValueKind.Number
            ? throw Keywords.Wrong(keyword, found.Part, "a number")
            : found.Value.TryGetDecimal(out var exact) ? exact
            // Beyond a decimal's range only the sign matters: generators write a double's limits where there is none.
            : found.Value.GetDouble() > 0 ? decimal.MaxValue : decimal.MinValue);

    private static int PlacesOf(SchemaPart part, JsonElement value)
    {
        for (var (places, step) = (0, 1m); places <= 6; places++, step /= 10)
            if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var wanted) && wanted == step)
                return places;
        throw new UnsupportedSchemaException($"The schema keyword 'multipleOf' at {part.Path} is supported for 1, 0.1, 0.01 and so on only.");
    }
}
