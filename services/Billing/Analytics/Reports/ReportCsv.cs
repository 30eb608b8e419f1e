using System.Globalization;
using LLMoin.Billing.Csv;

namespace LLMoin.Billing.Analytics.Reports;

/// <summary>The same figures as rows: one for each series and bucket; what is not told is empty.</summary>
internal static class ReportCsv
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    /// <param name="report">What to write.</param>
    /// <param name="name">What the series are called, e.g. <c>purpose</c>.</param>
    /// <param name="columns">The figures' names.</param>
    /// <param name="cells">The figures of one point.</param>
    public static byte[] Of<T>(Report<T> report, string name, string[] columns, Func<T, CsvCell[]> cells)
    {
        var table = new CsvTable(["from", "to", name, .. columns]);
        foreach (var series in report.Series)
            for (var place = 0; place < report.Buckets.Count; place++)
                table.Add([report.Buckets[place].From, report.Buckets[place].To, series.Name ?? "(rest)", .. cells(series.Points[place])]);
        return table.ToBytes();
    }

    public static byte[] Of(ActivePeopleReport report)
    {
        var table = new CsvTable("from", "to", "people");
        foreach (var (bucket, people) in report.Buckets.Zip(report.People))
            table.Add(bucket.From, bucket.To, Cell(people));
        return table.ToBytes();
    }

    public static CsvCell Cell(long? number) => number ?? (CsvCell)"";

    /// <summary>With a decimal comma, as the rest of the table.</summary>
    public static CsvCell Cell(double? number) => new(number?.ToString("0.####", German) ?? "", false);
}
