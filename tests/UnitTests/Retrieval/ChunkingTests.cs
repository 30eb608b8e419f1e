using LLMoin.Retrieval.Ingestion;
using LLMoin.UnitTests.Extractive;

namespace LLMoin.UnitTests.Retrieval;

public sealed class ChunkingTests
{
    private const string Statute =
        """
        # Satzung über die Erhebung der Hundesteuer

        ## § 1 Steuergegenstand
        (1) Gegenstand der Steuer ist das Halten von Hunden im Gemeindegebiet. Die Steuer ist eine Jahressteuer.
        (2) Das Steuerjahr ist das Kalenderjahr.

        ## § 2 Steuersätze

        | Hund | Steuer im Jahr |
        |---|---|
        | erster Hund | 90,00 EUR |
        | zweiter Hund | 120,00 EUR |
        """;

    [Fact]
    public void Every_passage_is_a_slice_of_its_text_and_knows_its_headings()
    {
        var chunks = Chunker.Split(Statute);

        Assert.Equal(2, chunks.Count);
        Assert.Equal(["Satzung über die Erhebung der Hundesteuer", "§ 1 Steuergegenstand"], chunks[0].HeadingPath);
        Assert.StartsWith("(1) Gegenstand der Steuer", chunks[0].In(Statute), StringComparison.Ordinal);
        Assert.EndsWith("(2) Das Steuerjahr ist das Kalenderjahr.", chunks[0].In(Statute), StringComparison.Ordinal);
        Assert.Equal("§ 2 Steuersätze", chunks[1].HeadingPath[^1]);
        Assert.StartsWith("| Hund | Steuer im Jahr |", chunks[1].In(Statute), StringComparison.Ordinal);
        Assert.EndsWith("| zweiter Hund | 120,00 EUR |", chunks[1].In(Statute), StringComparison.Ordinal);
    }

    [Fact]
    public void Passages_of_the_samples_hold_all_words_once_and_stay_short()
    {
        foreach (var (name, text) in SampleCorpus.Documents)
        {
            var chunks = Chunker.Split(text);
            Assert.NotEmpty(chunks);
            var behind = 0;
            foreach (var chunk in chunks)
            {
                Assert.True(chunk.Start >= behind && chunk.End > chunk.Start && chunk.End <= text.Length, name);
                Assert.True(Words(chunk.In(text)) <= 270, $"{name} {chunk.Start}: {Words(chunk.In(text))} words");
                behind = chunk.End;
            }

            // What lies between passages is headings and rules, and each heading with a body is in a path.
            var inPaths = chunks.SelectMany(chunk => chunk.HeadingPath).ToHashSet(StringComparer.Ordinal);
            var rest = chunks.Reverse().Aggregate(text, (left, chunk) => left.Remove(chunk.Start, chunk.End - chunk.Start));
            foreach (var line in rest.Split('\n').Select(line => line.Trim('#', ' ', '\r', '*', '=', '-', '|', ':')).Where(line => line.Length > 0))
                Assert.True(inPaths.Contains(line), $"{name}: '{line}' is in no passage and no heading path");
        }
    }

    [Fact]
    public void A_passage_never_ends_inside_a_sentence()
    {
        var sentences = Enumerable.Range(1, 60).Select(n => $"Der Antrag Nr. {n} ist nach § {n} Abs. 2 Satz 1 bis zum 15. März bei der zuständigen Stelle einzureichen.").ToList();
        var text = string.Join(' ', sentences);

        var chunks = Chunker.Split(text);

        Assert.True(chunks.Count > 3);
        Assert.All(chunks, chunk => Assert.EndsWith("einzureichen.", chunk.In(text), StringComparison.Ordinal));
        Assert.All(chunks.SkipLast(1), chunk => Assert.InRange(Words(chunk.In(text)), 120, 220));
        Assert.Equal(text, string.Join(' ', chunks.Select(chunk => chunk.In(text))));
    }

    [Fact]
    public void A_long_table_is_cut_between_rows_only()
    {
        var rows = Enumerable.Range(1, 80).Select(n => $"| Leistung {n} mit Bezeichnung | {n},00 EUR |").ToList();
        var text = "# Gebühren\n\n| Leistung | Gebühr |\n|---|---|\n" + string.Join('\n', rows);

        var chunks = Chunker.Split(text);

        Assert.True(chunks.Count > 1);
        Assert.All(chunks.SelectMany(chunk => chunk.In(text).Split('\n')), line => Assert.True(line.StartsWith('|') && line.EndsWith('|'), line));
    }

    [Fact]
    public void Sections_without_Markdown_are_found_and_nested()
    {
        const string text =
            """
            Erster Abschnitt
            
            1. Allgemeines

            1.1 Zweck

            Diese Richtlinie regelt die Vergabe von Zuschüssen.

            1.2 Begriffe

            Ein Lastenrad ist ein Fahrrad mit Ladefläche.

            § 5 Gebühren
            Die Gebühr beträgt 25 Euro. Sie ist vorab zu zahlen.
            """;

        var chunks = Chunker.Split(text);

        Assert.Contains(chunks, chunk => chunk.HeadingPath[^1] == "1.1 Zweck" && chunk.In(text).StartsWith("Diese Richtlinie", StringComparison.Ordinal));
        Assert.Contains(chunks, chunk => chunk.HeadingPath[^1] == "1.2 Begriffe");
        Assert.Contains(chunks, chunk => chunk.HeadingPath[^1] == "§ 5 Gebühren" && chunk.In(text).StartsWith("Die Gebühr beträgt", StringComparison.Ordinal));
    }

    [Fact]
    public void A_long_section_of_a_law_is_cut_between_its_paragraphs()
    {
        var paragraphs = Enumerable.Range(1, 12).Select(n => $"({n}) Wer eine Sondernutzung nach § {n} Abs. 2 beantragt, hat Art, Ort und Dauer anzugeben. Die Erlaubnis kann nach Satz 1 mit Auflagen verbunden, befristet oder widerrufen werden. Sie ist mitzuführen und auf Verlangen vorzuzeigen.").ToList();
        var text = "§ 7 Erlaubnis\n" + string.Join('\n', paragraphs);

        var chunks = Chunker.Split(text);

        Assert.InRange(chunks.Count, 2, 6);
        Assert.All(chunks, chunk => Assert.Equal(["§ 7 Erlaubnis"], chunk.HeadingPath));
        Assert.All(chunks, chunk => Assert.Matches(@"^\(\d+\) Wer", chunk.In(text)));
        Assert.Equal(paragraphs, chunks.SelectMany(chunk => chunk.In(text).Split('\n')));
    }

    [Fact]
    public void A_text_without_sentences_is_cut_anyway_and_one_without_words_has_no_passages()
    {
        var base64 = new string('A', 50_000);
        Assert.All(Chunker.Split(base64), chunk => Assert.True(chunk.End - chunk.Start <= 4_100));
        Assert.Equal(50_000, Chunker.Split(base64).Sum(chunk => chunk.End - chunk.Start));
        Assert.Empty(Chunker.Split("--- *** ...\n\n!!!"));
        Assert.Empty(Chunker.Split(""));
    }

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit));
}
