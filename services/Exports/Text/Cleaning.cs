using System.Text;
using LLMoin.Exports.Blocks;

namespace LLMoin.Exports.Text;

/// <summary>
/// Takes out of every text what no file format may carry (control characters, half surrogate pairs) and what makes text look other than
/// it is (Unicode's direction overrides), and leaves empty texts out.
/// </summary>
internal static class Cleaning
{
    public static ExportDocument Of(ExportDocument document) => document with
    {
        Title = Line(document.Title) is { Length: > 0 } title ? title : "–",
        Blocks = [.. document.Blocks.Select(Of)],
        Letterhead = document.Letterhead is not { } head ? null : head with
        {
            Name = Line(head.Name),
            Lines = Lines(head.Lines),
            ReturnAddress = Line(head.ReturnAddress),
            FooterLines = Lines(head.FooterLines),
        },
        Letter = document.Letter is not { } letter ? null : letter with
        {
            Recipient = [.. Lines(letter.Recipient).Take(6)],
            Remarks = [.. Lines(letter.Remarks).Take(3)],
            YourReference = Optional(letter.YourReference),
            OurReference = Optional(letter.OurReference),
            ContactName = Optional(letter.ContactName),
            Telephone = Optional(letter.Telephone),
            Mail = Optional(letter.Mail),
            Subject = Line(letter.Subject),
            Salutation = Optional(letter.Salutation),
            Closing = Optional(letter.Closing),
            SignatureName = Optional(letter.SignatureName),
            Attachments = Lines(letter.Attachments),
        },
        Sources = [.. document.Sources.Select(source => source with
        {
            Title = Line(source.Title),
            Heading = Optional(source.Heading),
            Quote = Optional(source.Quote),
        })],
        Mark = document.Mark is { } mark ? mark with { Model = Line(mark.Model) } : null,
        Notices = Lines(document.Notices),
    };

    private static Block Of(Block block) => block switch
    {
        Heading heading => new Heading(Math.Clamp(heading.Level, 1, 6), Of(heading.Runs)),
        Paragraph paragraph => new Paragraph(Of(paragraph.Runs)),
        ItemList list => list with { Items = [.. list.Items.Select(item => (IReadOnlyList<Block>)[.. item.Select(Of)])] },
        Table table => table with { Rows = [.. table.Rows.Select(row => (IReadOnlyList<IReadOnlyList<Run>>)[.. row.Select(Of)])] },
        Quote quote => new Quote([.. quote.Blocks.Select(Of)]),
        CodeBlock code => new CodeBlock(Text(code.Text)),
        _ => block,
    };

    private static IReadOnlyList<Run> Of(IReadOnlyList<Run> runs)
        => [.. runs.Select(run => run with { Text = Text(run.Text), Link = MarkdownText.Harmless(run.Link) }).Where(run => run.Text.Length > 0)];

    private static IReadOnlyList<string> Lines(IReadOnlyList<string> lines) => [.. lines.Select(Line).Where(line => line.Length > 0)];

    private static string? Optional(string? text) => Line(text ?? "") is { Length: > 0 } line ? line : null;

    private static string Line(string text) => string.Join(' ', Text(text).Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries));

    private static string Text(string text)
    {
        var output = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value == '\t')
                output.Append(' ');
            else if (rune.Value == '\n' || !IsForbidden(rune.Value))
                output.Append(rune.ToString());
        }
        return output.ToString();
    }

    private static bool IsForbidden(int value) => value switch
    {
        < 0x20 or (>= 0x7f and < 0xa0) => true,
        // Soft hyphens would be drawn; overrides and isolates reorder what is read; the replacement character stands for half a pair.
        0xad or 0xfeff or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069) => true,
        _ => (value & 0xfffe) == 0xfffe || value is >= 0xfdd0 and <= 0xfdef,
    };
}
