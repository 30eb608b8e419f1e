using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using AngleSharp.Dom;

namespace LLMoin.Retrieval.Reading.Texts;

/// <summary>Writes what a page shows, block by block.</summary>
internal sealed class HtmlBody(ReadingSession session)
{
    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal)
    {
        "script", "style", "template", "noscript", "nav", "head", "iframe", "object", "svg", "math", "canvas", "select", "button", "input", "textarea", "audio", "video",
    };

    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header",
        "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "h1", "h2", "h3", "h4", "h5", "h6",
    };

    private readonly StringBuilder _line = new();
    private int _lists;
    private string? _marker;

    public void Write(IElement body)
    {
        WriteAll(body);
        Close();
    }

    private void WriteAll(INode parent)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var child in parent.ChildNodes)
        {
            if (child is IText text)
                _line.Append(CollapseLines(text.Data, parent));
            else if (child is IElement element && IsShown(element))
                Write(element, element.LocalName);
        }
    }

    private void Write(IElement element, string name)
    {
        switch (name)
        {
            case "br":
                _line.Append('\n');
                break;
            case ['h', >= '1' and <= '6']:
                Close();
                session.Document.Heading(name[1] - '0', TextOf(element));
                break;
            case "ul" or "ol":
                Close();
                _lists++;
                WriteItems(element, name == "ol");
                _lists--;
                break;
            case "table":
                Close();
                WriteTable(element);
                break;
            default:
                if (Blocks.Contains(name)) Close();
                WriteAll(element);
                if (Blocks.Contains(name)) Close();
                break;
        }
    }

    private void WriteItems(IElement list, bool isNumbered)
    {
        var number = int.TryParse(list.GetAttribute("start"), CultureInfo.InvariantCulture, out var start) ? start : 1;
        foreach (var item in list.Children.Where(IsShown))
        {
            session.Cancellation.ThrowIfCancellationRequested();
            if (item.LocalName == "li")
                _marker = isNumbered ? string.Create(CultureInfo.InvariantCulture, $"{number++}.") : "-";
            WriteAll(item);
            Close();
            _marker = null;
        }
    }

    /// <summary>A table inside a table only lays out a page; its parts are written one after the other.</summary>
    private void WriteTable(IElement table)
    {
        if (table.QuerySelector("table") is not null)
        {
            WriteAll(table);
            Close();
            return;
        }

        if (table.QuerySelector("caption") is { } caption)
            session.Document.Paragraph(TextOf(caption));
        using var rows = session.Document.Table();
        foreach (var row in table.QuerySelectorAll("tr").Where(IsShown))
        {
            session.Cancellation.ThrowIfCancellationRequested();
            var cells = row.Children.Where(cell => cell.LocalName is "td" or "th").ToList();
            rows.Row(cells.Select(TextOf), isHeader: cells.Count > 0 && cells.TrueForAll(cell => cell.LocalName == "th"));
        }
    }

    private void Close()
    {
        var text = _line.ToString();
        _line.Clear();
        if (string.IsNullOrWhiteSpace(text))
            return;
        if (_marker is null)
        {
            session.Document.Paragraph(text);
        }
        else
        {
            session.Document.ListItem(Math.Max(1, _lists), _marker, text);
            // What follows in the same item is no item of its own.
            _marker = null;
        }
    }

    private static string TextOf(IElement element)
    {
        var text = new StringBuilder();
        Append(element, text);
        return text.ToString();
    }

    private static void Append(INode parent, StringBuilder text)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var child in parent.ChildNodes)
        {
            if (child is IText part)
            {
                text.Append(part.Data);
            }
            else if (child is IElement element && IsShown(element))
            {
                if (element.LocalName == "br" || Blocks.Contains(element.LocalName)) text.Append(' ');
                Append(element, text);
                if (Blocks.Contains(element.LocalName)) text.Append(' ');
            }
        }
    }

    /// <summary>Line ends in the source are blanks, except in preformatted text.</summary>
    private static string CollapseLines(string text, INode parent)
        => parent is IElement { LocalName: "pre" } or { ParentElement.LocalName: "pre" } ? text : text.Replace('\n', ' ').Replace('\r', ' ');

    private static bool IsShown(IElement element)
        => !Skipped.Contains(element.LocalName) && !element.HasAttribute("hidden") && element.GetAttribute("aria-hidden") != "true"
           && !IsHiding(element.GetAttribute("style")?.Replace(" ", "", StringComparison.Ordinal) ?? "");

    private static bool IsHiding(string style)
        => style.Contains("display:none", StringComparison.OrdinalIgnoreCase) || style.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase);
}
