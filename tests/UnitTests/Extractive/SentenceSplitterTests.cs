using LLMoin.Extractive.Sentences;

namespace LLMoin.UnitTests.Extractive;

public sealed class SentenceSplitterTests
{
    /// <summary>Expected sentences are separated by ¦; the text is their concatenation with one space.</summary>
    [Theory]
    [InlineData("Der Antrag ist gestellt.¦Die Frist läuft.")]
    [InlineData("Nötig sind Nachweise, z. B. Mietvertrag und Bescheid.¦Sie sind vorzulegen.")]
    [InlineData("Das gilt, d. h. Das Amt entscheidet, auch für Vereine.")]
    [InlineData("Die Prüfung erfolgt u. a. durch das Amt, vgl. § 3 Abs. 2 S. 1 Nr. 4 der Satzung.¦Sie dauert ca. 3 Wochen.")]
    [InlineData("Nach § 12 Abs. 3 S. 2 i. V. m. Art. 6 Buchst. c gilt anderes.¦Satz 1 bleibt unberührt.")]
    [InlineData("Die Verordnung vom 1. Januar 2026 (BGBl. I S. 117) tritt am 12. 3. 2026 in Kraft.¦Bis dahin gilt die alte.")]
    [InlineData("Die Zahlung ist bis zum 15. des Monats fällig.¦Der 3. Senat entschied am 20. Dezember.")]
    [InlineData("Die Gebühr beträgt 1.234,50 EUR.¦Ab 9.30 Uhr ist geöffnet.")]
    [InlineData("Das Haus wurde 2026.¦Der Bau begann früher.")]
    [InlineData("Die Frist endet am 15.¦Der Antrag kommt zu spät.")]
    [InlineData("Mehr unter www.lindenhafen.example/formulare oder wohngeld@lindenhafen.example.¦Rufen Sie an!¦Haben Sie Fragen?¦Wir helfen.")]
    [InlineData("Er sagte: „Das geht nicht.“¦Dann ging er.")]
    [InlineData("»Ist das so?« fragte sie.¦»Ja.«¦Das war alles.")]
    [InlineData("Sie kam (mit dem Rad.)¦Er ging zu Fuß.")]
    [InlineData("Es sprachen A. Müller, Dr. B. Wulff und Prof. C. Lenz.¦Frau Dr. Albers fehlte.")]
    [InlineData("Akten, Pläne usw. sind beizufügen.¦Karten, Fotos usw.¦Die Liste ist nicht abschließend.")]
    [InlineData("Das Az. 32-4/2026-117 ist anzugeben.¦Die Behörde bzw. Die Stelle prüft das.")]
    [InlineData("Das ist … nicht sicher.¦Vielleicht morgen …¦Wir warten.")]
    [InlineData("Der Verein Lesefreunde e. V. ist gemeinnützig.¦Er zahlt nichts.")]
    [InlineData("Vorzulegen sind: 1. der Antrag; 2. der Lageplan; 3. die Zeichnung.¦Kopien genügen.")]
    [InlineData("Anlage A.¦Die Karte zeigt das Gebiet.")]
    [InlineData("Das Protokoll der 13. Sitzung liegt vor.¦Einwendungen dieser Art.¦Keine.")]
    [InlineData("Die Brücke ist für Fahrzeuge über 3,5 t gesperrt.¦Ein Neubau kostet rd. 1,1 Mio. EUR und mehr.")]
    [InlineData("Die Mail geht an das Amt (vgl. Nr. 3).¦Sie ist formlos.")]
    [InlineData("Wir fahren mit 25 km/h.¦Das genügt gem. § 2 Abs. 1.¦§ 3 gilt nicht.")]
    [InlineData("Dr. K. Albers leitet die Abt. III seit dem 4. Quartal.¦Sie berät u. U. Auch andere.")]
    public void A_paragraph_falls_into_its_sentences(string marked)
    {
        var expected = marked.Split('¦');
        var text = string.Join(' ', expected);

        Assert.Equal(expected, SentenceSplitter.Split(text).Select(sentence => sentence.In(text)));
    }

    [Fact]
    public void Line_structure_separates_headings_items_rows_and_fields()
    {
        const string Text = """
            # Satzung

            **Aktenzeichen:** 11-2  
            **Stand:** 1. März

            ## § 1 Zweck

            (1) Erster Absatz, der
            weitergeht. Zweiter Satz.
            (2) Folgendes ist nötig:
            - ein Antrag
            - ein Plan;

            | Nr. | Gebühr |
            | --- | --- |
            | 1 | 6,00 EUR |

            Schlusswort
            ===========
            > Zitat eines Satzes.
            """;

        var found = SentenceSplitter.Split(Text).Select(sentence => $"{sentence.Kind}: {sentence.In(Text).ReplaceLineEndings(" ")}");

        Assert.Equal(
            [
                "Heading: Satzung", "Prose: **Aktenzeichen:** 11-2", "Prose: **Stand:** 1. März", "Heading: § 1 Zweck", "ListItem: Erster Absatz, der weitergeht.",
                "ListItem: Zweiter Satz.", "ListItem: Folgendes ist nötig:", "ListItem: ein Antrag", "ListItem: ein Plan;", "TableHeader: Nr. | Gebühr",
                "TableRow: 1 | 6,00 EUR", "Heading: Schlusswort", "Prose: Zitat eines Satzes.",
            ],
            found);
    }

    [Fact]
    public void Plain_text_headings_and_columns_are_seen()
    {
        const string Text = "§ 3 Gebührenpflicht\n\nDie Gebühr beginnt am\n1. Januar 2026. Sie endet nie.\n\n2. Wer hat Anspruch?\n\nPersonen     Betrag\n1 Person     507 Euro\n\nEnde hier.";

        var found = SentenceSplitter.Split(Text).Select(sentence => sentence.Kind);

        Assert.Equal(
            [SentenceKind.Heading, SentenceKind.Prose, SentenceKind.Prose, SentenceKind.ListItem, SentenceKind.TableHeader, SentenceKind.TableRow, SentenceKind.Prose],
            found);
    }

    [Fact]
    public void A_long_enumeration_is_cut_at_semicolons()
    {
        var text = "Nötig sind " + string.Join("; ", Enumerable.Repeat("ein vollständiger Nachweis über die Einkünfte des Haushalts", 12)) + ".";

        Assert.All(SentenceSplitter.Split(text), sentence => Assert.InRange(sentence.Length, 10, 450));
    }

    [Fact]
    public void Spans_reproduce_every_sample_and_leave_out_only_white_space_and_markers()
    {
        foreach (var (name, text) in SampleCorpus.Documents)
        {
            var position = 0;
            foreach (var sentence in SentenceSplitter.Split(text))
            {
                Assert.True(sentence.Start >= position && sentence.Length > 0 && sentence.End <= text.Length, name);
                AssertOnlyMarkers(text[position..sentence.Start]);
                Assert.Equal(sentence.In(text).Trim(), sentence.In(text));
                position = sentence.End;
            }

            AssertOnlyMarkers(text[position..]);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\n  ")]
    [InlineData("...")]
    [InlineData("„")]
    [InlineData("# ")]
    [InlineData("| |\n|---|\n")]
    [InlineData("-\n- \n1.\n(1)")]
    [InlineData("a.\r\nb.\rc. \u0000 D.")]
    public void Odd_input_does_no_harm(string text)
        => Assert.All(SentenceSplitter.Split(text), sentence => Assert.InRange(sentence.End, 1, text.Length));

    private static void AssertOnlyMarkers(string between)
        => Assert.Matches(@"^(\s|[#>|=*+•–·-]|:?-{2,}:?|\(?\d{1,3}[a-z]?[.)]|\d+(\.\d+)+|\(?[a-z]\)|[IVX]+\.)*$", between);
}
