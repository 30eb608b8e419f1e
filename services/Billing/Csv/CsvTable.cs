using System.Buffers;
using System.Text;

namespace LLMoin.Billing.Csv;

/// <summary>
/// A CSV file (RFC 4180) as German Excel opens it by a double click: UTF-8 with byte order mark, separated by semicolons. Text that Excel would
/// take for a formula gets an apostrophe before it, since it may come from whoever named a department (OWASP, "CSV Injection").
/// </summary>
internal sealed class CsvTable
{
    public const string ContentType = "text/csv; charset=utf-8; header=present";

    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(";\"\r\n");
    private static readonly SearchValues<char> StartsFormula = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    private readonly StringBuilder _text = new();

    public CsvTable(params ReadOnlySpan<string> header)
    {
        foreach (var name in header)
            Append(name);
        EndRow();
    }

    /// <param name="cells">As many as the header has.</param>
    public CsvTable Add(params ReadOnlySpan<CsvCell> cells)
    {
        foreach (var cell in cells)
            Append(cell);
        EndRow();
        return this;
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(_text.ToString())];

    /// <summary>What has been added since the last time, for a file that is too long to keep; the byte order mark is whose writes the first.</summary>
    public string Take()
    {
        var text = _text.ToString();
        _text.Clear();
        return text;
    }

    private void Append(CsvCell cell)
    {
        var text = cell.IsText && IsFormula(cell.Text) ? "'" + cell.Text : cell.Text;
        if (text.AsSpan().ContainsAny(NeedsQuotes))
            _text.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else
            _text.Append(text);
        _text.Append(';');
    }

    /// <summary>Blanks before it do not keep a spreadsheet from seeing a formula.</summary>
    private static bool IsFormula(string text) => text.AsSpan().TrimStart(' ') is [var first, ..] && StartsFormula.Contains(first);

    private void EndRow()
    {
        _text.Length--;
        _text.Append("\r\n");
    }
}
