using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;

namespace LLMoin.Exports.Word;

/// <summary>Lists as Word numbers them: one outline for bullets, one for numbers, and for each list a numbering of its own.</summary>
internal sealed class WordNumbering
{
    /// <summary>As many levels as Word has.</summary>
    public const int Levels = 9;

    private const int Bullets = 1;
    private const int Numbers = 2;

    private readonly List<NumberingInstance> _lists = [];

    /// <summary>The id of a new list.</summary>
    public int Add(int? start, int level)
    {
        var instance = new NumberingInstance(new AbstractNumId { Val = start is null ? Bullets : Numbers }) { NumberID = _lists.Count + 1 };
        if (start is { } first)
            instance.Append(new LevelOverride(new StartOverrideNumberingValue { Val = Math.Clamp(first, 0, short.MaxValue) }) { LevelIndex = level });
        _lists.Add(instance);
        return _lists.Count;
    }

    public Numbering Definitions() => new([Outline(Bullets, NumberFormatValues.Bullet, _ => "•"), Outline(Numbers, NumberFormatValues.Decimal, level => $"%{level + 1}."), .. _lists]);

    private static AbstractNum Outline(int id, NumberFormatValues format, Func<int, string> text)
    {
        var outline = new AbstractNum(new MultiLevelType { Val = MultiLevelValues.HybridMultilevel }) { AbstractNumberId = id };
        outline.Append(Enumerable.Range(0, Levels).Select(level => new Level(
            new StartNumberingValue { Val = 1 },
            new NumberingFormat { Val = format },
            new LevelText { Val = text(level) },
            new LevelJustification { Val = LevelJustificationValues.Left },
            new PreviousParagraphProperties { Indentation = new() { Left = Left(level), Hanging = "397" } })
        {
            LevelIndex = level,
        }));
        return outline;
    }

    /// <summary>Where the text of a list's item stands, in twips.</summary>
    public static string Left(int level) => ((level + 1) * 397).ToString(CultureInfo.InvariantCulture);
}
