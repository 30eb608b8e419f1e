using System.Text;
using LLMoin.Exports;
using LLMoin.Exports.Blocks;
using LLMoin.Exports.Pictures;

namespace LLMoin.UnitTests.Exports;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("Ein *kursiver* und ein **fetter** Teil, `Code` und [Link](<https://example.org/>).")]
    [InlineData("- eins\n- zwei\n  - zwei eins\n- drei")]
    [InlineData("3. drei\n4. vier")]
    [InlineData("| a | b |\n| --- | --- |\n| 1 | x\\|y |")]
    [InlineData("| links | Mitte | rechts |\n| --- | :---: | ---: |\n| 1 | 2 | 3 |")]
    [InlineData("> Zitat\n>\n> zweiter Absatz")]
    [InlineData("```\nx = `1`\n```")]
    [InlineData("Siehe [1] und [2][3], 5 \\* 3 \\< 20, a\\_b\\_c")]
    [InlineData("1\\. kein Listenpunkt\n\n\\# keine Überschrift\n\n\\- kein Strich")]
    [InlineData("## Überschrift\n\nZeile eins\\\nZeile zwei\n\n---")]
    public void What_is_read_and_written_reads_the_same_again(string markdown)
    {
        var written = Write(Samples.Document(markdown) with { Letterhead = null, Mark = null, Notices = [], Sources = [] });
        var text = written[(written.IndexOf("\n# ", StringComparison.Ordinal) + 3)..];
        text = text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];

        Assert.Equal(Describe(MarkdownText.Read(markdown)), Describe(MarkdownText.Read(text)));
    }

    [Fact]
    public void Front_matter_carries_the_mark_and_the_sources_follow_the_text()
    {
        var text = Write(Samples.Document());

        Assert.StartsWith("---\ntitle: \"Auskunft zum Homeoffice – Straße & Weg\"\nlang: de\ncreated: 2026-11-24T09:30:00+01:00\nai-generated: true\nai-model: \"qwen3-4b\"\n", text);
        Assert.Contains("digital-source-type: http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia\n---\n", text);
        Assert.Contains("## Quellen\n\n[1] Dienstanweisung, S. 3, § 4 Frist\n\n> „Anträge", text);
    }

    [Fact]
    public void Headings_of_an_answer_lie_below_the_heading_above_it()
        => Assert.Equal([3, 6], MarkdownText.Read("# Oben\n\n##### Tief", headingsBelow: 2).OfType<Heading>().Select(heading => heading.Level));

    [Theory]
    [InlineData("Bericht: Lage/Stand 2026?", "Bericht-Lage-Stand-2026.md")]
    [InlineData("../../etc/passwd", "etc-passwd.md")]
    [InlineData("Größe & Maß", "Größe-Maß.md")]
    [InlineData("\"\r\nSet-Cookie: x", "Set-Cookie-x.md")]
    [InlineData("…", "export.md")]
    public void A_file_name_has_letters_digits_and_hyphens(string title, string expected)
        => Assert.Equal(expected, Exporter.Write(Samples.Document() with { Title = title }, ExportFormat.Markdown).FileName);

    [Fact]
    public void A_logo_is_what_its_first_bytes_say()
    {
        Assert.Equal(new Picture(PictureKind.Png, 40, 20, 6), Picture.TryRead(Samples.Png(40, 20, alpha: true)));
        Assert.Equal(new Picture(PictureKind.Jpeg, 3, 2, 3), Picture.TryRead([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 17, 8, 0, 2, 0, 3, 3, 1, 0, 0, 2, 0, 0, 3, 0, 0]));
        Assert.Null(Picture.TryRead(Samples.Png(2001, 1)));
        Assert.Null(Picture.TryRead("<svg xmlns='http://www.w3.org/2000/svg'/>"u8));
        Assert.Null(Picture.TryRead([0xff, 0xd8, 0xff]));
    }

    private static string Write(ExportDocument document) => Encoding.UTF8.GetString(Exporter.Write(document, ExportFormat.Markdown).Content);

    private static string Describe(IEnumerable<Block> blocks) => string.Join('\n', blocks.Select(block => block switch
    {
        Heading heading => $"h{heading.Level}: {Describe(heading.Runs)}",
        Paragraph paragraph => $"p: {Describe(paragraph.Runs)}",
        ItemList list => $"list {list.Start}: {string.Join("; ", list.Items.Select(Describe))}",
        Table table => $"table {string.Join(' ', table.Alignments)}: {string.Join("; ", table.Rows.Select(row => string.Join(" | ", row.Select(Describe))))}",
        Quote quote => $"quote ({Describe(quote.Blocks)})",
        _ => block.ToString(),
    }));

    private static string Describe(IEnumerable<Run> runs) => string.Concat(runs);
}
