using System.Globalization;
using System.Text;
using System.Xml;

namespace LLMoin.Retrieval.Reading.OpenDocument;

/// <summary>Follows the elements of <c>content.xml</c>; no recursion, so that no depth of nesting exhausts the stack.</summary>
internal sealed class OdtContent(XmlReader xml, ReadingSession session)
{
    private const int MostRepeated = 100;

    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _numberedLists = new(StringComparer.Ordinal);
    private readonly Stack<(bool IsNumbered, int Count)> _lists = new();
    private readonly Dictionary<int, string> _cells = [];
    private TableWriter? _table;
    private int _tables;
    private int _column;
    private int _repeated = 1;
    private bool _isHeader;
    private int _heading;
    private int _paragraphs;
    private string? _listStyle;
    private bool _itemBegins;

    public void Write()
    {
        xml.Read();
        while (!xml.EOF)
        {
            session.Cancellation.ThrowIfCancellationRequested();
            if (xml.NodeType == XmlNodeType.Element && IsSkipped(xml.LocalName))
            {
                xml.Skip();
                continue;
            }

            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    var isEmpty = xml.IsEmptyElement;
                    Begin(xml.LocalName);
                    if (isEmpty)
                        End(xml.LocalName);
                    break;
                case XmlNodeType.EndElement:
                    End(xml.LocalName);
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA or XmlNodeType.Whitespace when _paragraphs > 0:
                    _text.Append(xml.Value.Replace('\n', ' '));
                    break;
            }

            xml.Read();
        }
    }

    /// <summary>Deleted text, comments, what is generated from the headings, and what is hidden.</summary>
    private static bool IsSkipped(string name)
        => name is "tracked-changes" or "annotation" or "annotation-end" or "table-of-content" or "alphabetical-index" or "forms" or "scripts" or "font-face-decls"
            or "hidden-text" or "hidden-paragraph" or "note-citation" or "object" or "object-ole" or "image";

    private void Begin(string name)
    {
        switch (name)
        {
            case "list-style":
                _listStyle = Attribute("name");
                break;
            case "list-level-style-number" when _listStyle is not null && Attribute("num-format") is { Length: > 0 }:
                _numberedLists.Add($"{_listStyle} {Attribute("level")}");
                break;
            case "h" or "p":
                if (_paragraphs++ == 0)
                    _heading = name == "h" ? Number("outline-level", 1, 10) : 0;
                break;
            case "s" or "tab" or "line-break":
                _text.Append(name == "line-break" ? '\n' : ' ');
                break;
            case "note-body":
                _text.Append(" (Fußnote: ");
                break;
            case "list":
                if (_lists.Count == 0 || Attribute("style-name") is not null)
                    _listStyle = Attribute("style-name");
                _lists.Push((_numberedLists.Contains($"{_listStyle} {_lists.Count + 1}"), 0));
                break;
            case "list-item" when _lists.TryPop(out var list):
                _lists.Push((list.IsNumbered, list.Count + 1));
                _itemBegins = true;
                break;
            case "table":
                if (_tables++ == 0)
                    _table = session.Document.Table();
                break;
            case "table-header-rows":
                _isHeader = true;
                break;
            case "table-row" when _tables == 1:
                _cells.Clear();
                _column = 0;
                break;
            case "table-cell" or "covered-table-cell" when _tables == 1:
                _repeated = Number("number-columns-repeated", 1, MostRepeated);
                break;
        }
    }

    private void End(string name)
    {
        switch (name)
        {
            case "h" or "p" when --_paragraphs == 0:
                Close();
                break;
            case "h" or "p":
                // A paragraph of a note or text frame inside another.
                _text.Append(' ');
                break;
            case "note-body":
                _text.Append(')');
                break;
            case "list":
                _lists.TryPop(out _);
                break;
            case "table-header-rows":
                _isHeader = false;
                break;
            case "table-cell" or "covered-table-cell" when _tables == 1:
                _column += _repeated;
                break;
            case "table-row" when _tables == 1:
                _table!.Row(_cells, _isHeader);
                break;
            case "table" when --_tables == 0:
                _table!.Dispose();
                _table = null;
                break;
        }
    }

    private void Close()
    {
        var text = _text.ToString();
        _text.Clear();
        if (_tables > 0)
        {
            _cells[_column] = _cells.TryGetValue(_column, out var cell) ? $"{cell} {text}" : text;
        }
        else if (_heading > 0)
        {
            session.Document.Heading(_heading, text);
        }
        else if (_lists.TryPeek(out var list) && _itemBegins)
        {
            session.Document.ListItem(_lists.Count, list.IsNumbered ? string.Create(CultureInfo.InvariantCulture, $"{list.Count}.") : "-", text);
        }
        else
        {
            session.Document.Paragraph(text);
        }

        _itemBegins = false;
    }

    /// <summary>By its local name: the prefixes of OpenDocument's namespaces differ, what these attributes are called does not.</summary>
    private string? Attribute(string name)
    {
        string? value = null;
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            if (xml.LocalName == name)
                value = xml.Value;
        }

        xml.MoveToElement();
        return value;
    }

    private int Number(string attribute, int least, int most)
        => int.TryParse(Attribute(attribute), CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, least, most) : least;
}
