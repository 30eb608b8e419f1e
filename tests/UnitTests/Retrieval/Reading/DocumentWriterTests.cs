using LLMoin.Retrieval.Ingestion;
using LLMoin.Retrieval.Reading;

namespace LLMoin.UnitTests.Retrieval.Reading;

public sealed class DocumentWriterTests
{
    private readonly DocumentWriter _writer = new(100_000);

    [Fact]
    public void Blocks_say_where_in_the_text_they_stand_and_on_which_page()
    {
        _writer.Page = 1;
        _writer.Heading(1, "Satzung");
        _writer.Paragraph("§ 5 Gebühren");
        _writer.Paragraph("Die Gebühr\tbeträgt\u00A025 Euro.");
        _writer.Page = 2;
        _writer.ListItem(1, "a)", "für Vereine");
        _writer.ListItem(1, "b)", "für Private");
        var document = _writer.Finish(2);

        Assert.Equal("# Satzung\n\n§ 5 Gebühren\n\nDie Gebühr beträgt 25 Euro.\n\na) für Vereine\nb) für Private", document.Text);
        Assert.Equal([BlockKind.Heading, BlockKind.Section, BlockKind.Paragraph, BlockKind.ListItem, BlockKind.ListItem], document.Blocks.Select(block => block.Kind));
        Assert.Equal(["# Satzung", "§ 5 Gebühren", "Die Gebühr beträgt 25 Euro.", "a) für Vereine", "b) für Private"], document.Blocks.Select(document.TextOf));
        Assert.Equal([1, 1, 2, 2], new[] { 0, 15, document.Text.IndexOf("a)", StringComparison.Ordinal), document.Text.Length - 1 }.Select(document.PageAt));
    }

    [Fact]
    public void A_short_table_is_Markdown_and_in_a_long_one_each_row_names_its_columns()
    {
        using (var table = _writer.Table())
        {
            table.Row(["Leistung", "Gebühr"]);
            table.Row(["Beglaubigung", "6,00 EUR"]);
            table.Row(["Meldebescheinigung", ""]);
        }

        using (var table = _writer.Table())
        {
            table.Row(["Straße", "Klasse"]);
            for (var i = 1; i <= 200; i++)
                table.Row([$"Straße Nummer {i}", "II|III"]);
        }

        var document = _writer.Finish(null);
        Assert.StartsWith("| Leistung | Gebühr |\n|---|---|\n| Beglaubigung | 6,00 EUR |\n| Meldebescheinigung |  |\n\n| Straße: Straße Nummer 1 | Klasse: II/III |\n", document.Text, StringComparison.Ordinal);
        Assert.EndsWith("\n| Straße: Straße Nummer 200 | Klasse: II/III |", document.Text, StringComparison.Ordinal);
        Assert.All(Chunker.Split(document.Text).Skip(1), chunk => Assert.Contains("Klasse: II/III", chunk.In(document.Text), StringComparison.Ordinal));
    }

    [Fact]
    public void What_neither_people_nor_the_database_can_read_is_left_out()
        => Assert.Equal("Straßen reinigung ä 😀 ab", CleanText.Of(" Straßen\u200B\t\t reini\u00ADgung a\u0308 \uD83D\uDE00 \uD83D a\0\u202Eb \n"));

    [Fact]
    public void Consecutive_pages_with_one_reason_are_one_note()
    {
        foreach (var page in new[] { 1, 2, 3, 7 })
            _writer.Unread(ReadingReason.Scanned, page);
        _writer.Unread(ReadingReason.Picture, 8);

        Assert.Equal([new UnreadPart(1, 3, null, "scanned"), new UnreadPart(7, null, null, "scanned"), new UnreadPart(8, null, null, "picture")], _writer.Finish(8).Unread);
    }

    [Fact]
    public void A_passage_is_on_the_page_that_it_names()
    {
        for (var page = 1; page <= 4; page++)
        {
            _writer.Page = page;
            for (var sentence = 1; sentence <= 9; sentence++)
                _writer.Paragraph($"Auf Seite {page} steht der Satz {sentence} mit einigen weiteren Wörtern über die Reinigung der Straßen.");
        }

        var document = _writer.Finish(4);
        var chunks = Chunker.Split(document.Text, document.PageAt);

        Assert.Equal([1, 2, 3, 4], chunks.Select(chunk => chunk.Page).Distinct());
        Assert.All(chunks, chunk => Assert.All(Enumerable.Range(1, 4).Where(page => page != chunk.Page),
            page => Assert.DoesNotContain($"Auf Seite {page} ", chunk.In(document.Text), StringComparison.Ordinal)));
    }
}
