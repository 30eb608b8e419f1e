using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace LLMoin.Retrieval.Reading.Office;

/// <param name="Depth">From 1.</param>
/// <param name="Marker">As printed: <c>§ 3</c>, <c>1.2</c>, <c>a)</c>; <c>-</c> for a bullet.</param>
internal sealed record WordNumber(int Depth, string Marker, bool IsBullet);

/// <summary>Counts automatic numbers, which stand in no text: without them "§ 3" of a statute could not be found.</summary>
internal sealed class WordNumbering
{
    private const int Levels = 9;

    private readonly Dictionary<int, int> _abstractOf = [];
    private readonly Dictionary<int, Level?[]> _levels = [];
    private readonly Dictionary<int, int[]> _counters = [];

    public WordNumbering(NumberingDefinitionsPart? part)
    {
        foreach (var definition in part?.Numbering?.Elements<AbstractNum>() ?? [])
        {
            var levels = new Level?[Levels];
            foreach (var level in definition.Elements<Level>())
            {
                if (level.LevelIndex?.Value is { } index and >= 0 and < Levels)
                    levels[index] = level;
            }

            if (definition.AbstractNumberId?.Value is { } id)
                _levels[id] = levels;
        }

        foreach (var instance in part?.Numbering?.Elements<NumberingInstance>() ?? [])
        {
            if (instance.NumberID?.Value is { } id && instance.AbstractNumId?.Val?.Value is { } definition)
                _abstractOf[id] = definition;
        }
    }

    /// <summary>The next number of that numbering on that level, from 0; null where there is none.</summary>
    public WordNumber? Next(int? numbering, int level)
    {
        if (numbering is null or 0 || level is < 0 or >= Levels || !_abstractOf.TryGetValue(numbering.Value, out var definition)
            || !_levels.TryGetValue(definition, out var levels) || levels[level] is not { } here)
            return null;
        if (!_counters.TryGetValue(definition, out var counters))
            _counters[definition] = counters = [.. levels.Select(StartOf).Select(start => start - 1)];

        counters[level]++;
        for (var above = 0; above < level; above++)
            counters[above] = Math.Max(counters[above], StartOf(levels[above]));
        for (var deeper = level + 1; deeper < Levels; deeper++)
            counters[deeper] = StartOf(levels[deeper]) - 1;

        if (here.NumberingFormat?.Val is { } format && (format.Value == NumberFormatValues.Bullet || format.Value == NumberFormatValues.None))
            return format.Value == NumberFormatValues.None ? null : new WordNumber(level + 1, "-", true);
        var marker = here.LevelText?.Val?.Value ?? "";
        for (var i = 0; i <= level; i++)
            marker = marker.Replace("%" + (i + 1).ToString(CultureInfo.InvariantCulture), Format(counters[i], levels[i]?.NumberingFormat?.Val?.Value), StringComparison.Ordinal);
        return marker.Trim().Length == 0 ? null : new WordNumber(level + 1, marker.Trim(), false);
    }

    private static int StartOf(Level? level) => level?.StartNumberingValue?.Val?.Value ?? 1;

    private static string Format(int number, NumberFormatValues? format)
        => format == NumberFormatValues.LowerLetter ? Letters(number)
            : format == NumberFormatValues.UpperLetter ? Letters(number).ToUpperInvariant()
            : format == NumberFormatValues.LowerRoman ? Roman(number).ToLowerInvariant()
            : format == NumberFormatValues.UpperRoman ? Roman(number)
            : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>a … z, aa, bb …, as Word counts.</summary>
    private static string Letters(int number)
        => number is < 1 or > 26 * 10 ? number.ToString(CultureInfo.InvariantCulture) : new string((char)('a' + ((number - 1) % 26)), 1 + ((number - 1) / 26));

    private static string Roman(int number)
    {
        if (number is < 1 or > 3999)
            return number.ToString(CultureInfo.InvariantCulture);
        var roman = "";
        foreach (var (value, sign) in new[] { (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I") })
        {
            for (; number >= value; number -= value)
                roman += sign;
        }

        return roman;
    }
}
