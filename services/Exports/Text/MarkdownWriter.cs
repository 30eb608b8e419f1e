using System.Globalization;
using System.Text;
using LLMoin.Exports.Blocks;

namespace LLMoin.Exports.Text;

/// <summary>Markdown that reads as it was: what would be markup and was text is escaped. Front matter carries the mark for machines.</summary>
internal static class MarkdownWriter
{
    public static byte[] Write(ExportDocument document)
    {
        var wording = Wording.Of(document);
        var output = new StringBuilder();
        FrontMatter(output, document, wording);
        Beginning(output, document, wording);
        Blocks(output, document.Blocks, "", separated: true);
        End(output, document, wording);
        return Encoding.UTF8.GetBytes(output.ToString().TrimEnd('\n') + "\n");
    }

    private static void FrontMatter(StringBuilder output, ExportDocument document, Wording wording)
    {
        output.Append("---\ntitle: ").Append(Quoted(document.Title)).Append('\n')
            .Append("lang: ").Append(wording.Tag).Append('\n')
            .Append("created: ").Append(document.Created.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)).Append('\n');
        if (document.Mark is { } mark)
            output.Append("ai-generated: true\nai-model: ").Append(Quoted(mark.Model)).Append('\n')
                .Append("ai-generated-on: ").Append(mark.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Append('\n')
                .Append("digital-source-type: ").Append(AiMark.DigitalSourceType).Append('\n');
        output.Append("---\n\n");
    }

    private static void Beginning(StringBuilder output, ExportDocument document, Wording wording)
    {
        if (document.Letterhead is { } head)
            Lines(output, [$"**{Escaped(head.Name)}**", .. head.Lines.Select(Escaped)]);
        if (document.Letter is { } letter)
        {
            Lines(output, [.. letter.Remarks.Concat(letter.Recipient).Select(Escaped)]);
            Lines(output, [.. wording.Information(letter).Select(line => $"{line.Label}: {Escaped(line.Value)}")]);
        }
        output.Append("# ").Append(Escaped(document.Letter?.Subject ?? document.Title)).Append("\n\n");
        if (document.Mark is { } mark)
            output.Append("> ").Append(Escaped(wording.Mark(mark))).Append("\n\n");
        foreach (var notice in document.Notices)
            output.Append("> ").Append(Escaped(notice)).Append("\n\n");
        if (document.Letter is { } opened)
            Lines(output, [Escaped(opened.Salutation ?? wording.Salutation)]);
    }

    private static void End(StringBuilder output, ExportDocument document, Wording wording)
    {
        if (document.Letter is { } letter)
        {
            Lines(output, [Escaped(letter.Closing ?? wording.Closing), .. letter.SignatureName is { } name ? [Escaped(name)] : Array.Empty<string>()]);
            if (letter.Attachments.Count > 0)
                Lines(output, [$"**{(letter.Attachments.Count == 1 ? wording.Attachment : wording.Attachments)}**", .. letter.Attachments.Select(Escaped)]);
        }
        if (document.Sources.Count > 0)
        {
            output.Append("## ").Append(wording.Sources).Append("\n\n");
            foreach (var source in document.Sources)
            {
                Lines(output, [$"[{source.Number.ToString(CultureInfo.InvariantCulture)}] {Escaped(wording.Place(source))}"]);
                if (source.Quote is { } quote)
                    output.Append("> ").Append(Escaped(wording.Quote(quote))).Append("\n\n");
            }
        }
        if (document.Letterhead is { FooterLines.Count: > 0 } foot)
        {
            output.Append("---\n\n");
            Lines(output, [.. foot.FooterLines.Select(Escaped)]);
        }
    }

    private static void Blocks(StringBuilder output, IReadOnlyList<Block> blocks, string indent, bool separated)
    {
        foreach (var block in blocks)
        {
            Write(output, block, indent);
            if (separated)
                output.Append(indent.TrimEnd()).Append('\n');
        }
    }

    private static void Write(StringBuilder output, Block block, string indent)
    {
        switch (block)
        {
            case Heading heading:
                Line(output, indent, new string('#', heading.Level) + " " + MarkdownRuns.Write(heading.Runs, "").Replace('\n', ' '));
                break;
            case Paragraph paragraph:
                Line(output, indent, MarkdownRuns.Write(paragraph.Runs, "\\\n" + indent));
                break;
            case ItemList list:
                WriteList(output, list, indent);
                break;
            case Table table:
                WriteTable(output, table, indent);
                break;
            case Quote quote:
                Blocks(output, quote.Blocks, indent + "> ", separated: true);
                break;
            case CodeBlock code:
                var fence = MarkdownRuns.Fence(code.Text, 3);
                Line(output, indent, string.Join("\n" + indent, [fence, .. code.Text.Split('\n'), fence]));
                break;
            case Rule:
                Line(output, indent, "---");
                break;
        }
    }

    private static void WriteList(StringBuilder output, ItemList list, string indent)
    {
        for (var index = 0; index < list.Items.Count; index++)
        {
            var marker = list.Start is { } start ? string.Create(CultureInfo.InvariantCulture, $"{start + index}. ") : "- ";
            var item = new StringBuilder();
            Blocks(item, list.Items[index], indent + new string(' ', marker.Length), separated: false);
            // The marker stands where the first line is indented.
            output.Append(indent).Append(marker).Append(item.Length > 0 ? item.ToString(indent.Length + marker.Length, item.Length - indent.Length - marker.Length) : "\n");
        }
    }

    private static void WriteTable(StringBuilder output, Table table, string indent)
    {
        for (var index = 0; index < table.Rows.Count; index++)
        {
            Line(output, indent, "| " + string.Join(" | ", table.Rows[index].Select(cell => MarkdownRuns.Write(cell, " "))) + " |");
            if (index == 0)
                Line(output, indent, "|" + string.Concat(table.Rows[0].Select((_, column) => Divider(table.Alignment(column)))));
        }
    }

    private static string Divider(ColumnAlignment alignment) => alignment switch
    {
        ColumnAlignment.Centre => " :---: |",
        ColumnAlignment.Right => " ---: |",
        _ => " --- |",
    };

    private static void Line(StringBuilder output, string indent, string text) => output.Append(indent).Append(text).Append('\n');

    private static void Lines(StringBuilder output, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
            output.Append(string.Join("\\\n", lines)).Append("\n\n");
    }

    private static string Escaped(string text) => MarkdownRuns.Escaped(text);

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
