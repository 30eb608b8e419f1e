using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace LLMoin.Retrieval.Reading.Office;

/// <summary>
/// Numbers as German staff see them: <c>1.234,50 €</c>, <c>19 %</c>, <c>31.12.2026</c>. The parts of number formats (ECMA-376 part 1,
/// 18.8.31) that change what a number means are followed; colours, alignment and fill are not.
/// </summary>
internal sealed partial class CellFormats
{
    private const string General = "General";
    private const int Days1904 = 1_462;

    private static readonly NumberFormatInfo German = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    private static readonly SearchValues<char> DayOrHour = SearchValues.Create("dDyYhH");

    private readonly List<string> _codes = [];
    private readonly bool _from1904;

    public CellFormats(WorkbookPart book)
    {
        _from1904 = book.Workbook?.WorkbookProperties?.Date1904?.Value ?? false;
        var styles = book.WorkbookStylesPart?.Stylesheet;
        var own = new Dictionary<uint, string>();
        foreach (var format in styles?.NumberingFormats?.Elements<NumberingFormat>() ?? [])
        {
            if (format.NumberFormatId?.Value is { } id && format.FormatCode?.Value is { } code)
                own[id] = code;
        }

        foreach (var format in styles?.CellFormats?.Elements<CellFormat>() ?? [])
        {
            var id = format.NumberFormatId?.Value ?? 0;
            _codes.Add(own.GetValueOrDefault(id) ?? BuiltIn(id));
        }
    }

    public string Show(double number, uint style)
    {
        var code = style < _codes.Count ? _codes[(int)style] : General;
        // The first section is that of positive numbers; brackets hold colours and locales, but also the currency: [$€-407].
        var plain = Brackets().Replace(code.Split(';')[0], "");
        var letters = Quoted().Replace(plain, "");
        if (code != General && letters.AsSpan().ContainsAny(DayOrHour) && Date(number, letters) is { } date)
            return date;
        var shown = letters.Contains('%', StringComparison.Ordinal) ? number * 100 : number;
        var text = shown.ToString(NumberFormat(letters), German);
        return letters.Contains('%', StringComparison.Ordinal) ? text + " %"
            : code.Contains('€', StringComparison.Ordinal) ? text + " €"
            : code.Contains("EUR", StringComparison.Ordinal) ? text + " EUR" : text;
    }

    /// <summary>Formats that files do not define (18.8.30).</summary>
    private static string BuiltIn(uint id) => id switch
    {
        1 => "0",
        2 => "0.00",
        3 or 37 or 38 => "#,##0",
        4 or 7 or 8 or 39 or 40 or 44 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        >= 14 and <= 17 => "dd.mm.yyyy",
        >= 18 and <= 21 or >= 45 and <= 47 => "h:mm",
        22 => "dd.mm.yyyy h:mm",
        _ => General,
    };

    private string? Date(double number, string letters)
    {
        var days = number + (_from1904 ? Days1904 : 0);
        if (days is < 0 or >= 2_958_466)
            return null;
        var time = DateTime.FromOADate(days);
        var hasDay = letters.AsSpan().IndexOfAny("dDyY") >= 0;
        var hasTime = letters.AsSpan().IndexOfAny("hH") >= 0;
        return time.ToString((hasDay, hasTime) switch { (true, true) => "dd.MM.yyyy HH:mm", (true, false) => "dd.MM.yyyy", _ => "HH:mm" }, CultureInfo.InvariantCulture);
    }

    private static string NumberFormat(string letters)
    {
        if (Decimals().Match(letters) is not { Success: true } digits)
            return "0.##########";
        var decimals = digits.Groups[1].Length == 0 ? "" : "." + digits.Groups[1].Value[1..].Replace('?', '#');
        return (letters.Contains(",##", StringComparison.Ordinal) ? "#,##0" : "0") + decimals;
    }

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Brackets();

    [GeneratedRegex("\"[^\"]*\"|\\\\.|_.")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[0#](\.[0#?]{1,10})?(?![0#,.])")]
    private static partial Regex Decimals();
}
