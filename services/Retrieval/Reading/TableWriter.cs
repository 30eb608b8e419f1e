namespace LLMoin.Retrieval.Reading;

/// <summary>
/// Writes a table's rows. A short table is Markdown with its header above. In one that will not fit a passage each row names its
/// columns (<c>| Leistung: Beglaubigung | Gebühr: 6,00 EUR |</c>), so that no passage holds numbers nobody can read.
/// </summary>
internal sealed class TableWriter(DocumentWriter writer) : IDisposable
{
    private const int MostWords = 110;
    private const int LongestLabel = 60;

    private readonly List<Dictionary<int, string>> _waiting = [];
    private Dictionary<int, string>? _header;
    private int _words;
    private bool _isLong;

    /// <param name="cells">In order, empty where there is nothing.</param>
    /// <param name="isHeader">The document says so; where none does, the first row is taken if it looks like one.</param>
    public void Row(IEnumerable<string> cells, bool isHeader = false)
        => Row(cells.Select((text, column) => (text, column)).ToDictionary(cell => cell.column, cell => cell.text), isHeader);

    /// <inheritdoc cref="Row(IEnumerable{string}, bool)"/>
    /// <param name="cells">By number of column, which may leave gaps.</param>
    public void Row(IReadOnlyDictionary<int, string> cells, bool isHeader = false)
    {
        var row = cells.Select(cell => (cell.Key, Text: CleanText.Of(cell.Value).Replace('|', '/'))).Where(cell => cell.Text.Length > 0)
            .OrderBy(cell => cell.Key).ToDictionary(cell => cell.Key, cell => cell.Text);
        if (row.Count == 0)
            return;
        if (_header is null && _waiting.Count == 0 && !_isLong && (isHeader || LooksLikeHeader(row)))
        {
            _header = row;
            return;
        }

        if (_isLong)
        {
            Write(row, []);
            return;
        }

        _waiting.Add(row);
        _words += row.Values.Sum(text => 1 + text.Count(' '.Equals));
        if (_words > MostWords)
            Flush(isLong: true);
    }

    public void Dispose()
    {
        if (!_isLong)
            Flush(isLong: false);
        writer.EndTable();
    }

    private void Flush(bool isLong)
    {
        _isLong = isLong;
        var columns = _waiting.Append(_header ?? []).SelectMany(row => row.Keys).Distinct().Order().ToList();
        if (_header is not null && (!isLong || _waiting.Count == 0))
        {
            writer.Row(Plain(_header, columns));
            if (_waiting.Count > 0)
                writer.Rule(columns.Count);
        }

        foreach (var row in _waiting)
            Write(row, columns);
        _waiting.Clear();
    }

    private void Write(Dictionary<int, string> row, IReadOnlyList<int> columns)
    {
        // A frame around running text is no table.
        if (row.Count == 1 && _header is null && columns.Count <= 1) writer.Paragraph(row.Values.Single());
        else writer.Row(_isLong ? Labelled(row) : Plain(row, columns));
    }

    private static string Plain(Dictionary<int, string> row, IReadOnlyList<int> columns)
        => $"| {string.Join(" | ", columns.Select(column => row.GetValueOrDefault(column, "")))} |";

    private string Labelled(Dictionary<int, string> row)
        => $"| {string.Join(" | ", row.Select(cell => _header?.GetValueOrDefault(cell.Key) is { Length: > 0 and <= LongestLabel } label ? $"{label}: {cell.Value}" : cell.Value))} |";

    private static bool LooksLikeHeader(Dictionary<int, string> row)
        => row.Count > 1 && row.Values.All(text => text.Length <= LongestLabel && !char.IsDigit(text[0]) && text.Any(char.IsLetter));
}
