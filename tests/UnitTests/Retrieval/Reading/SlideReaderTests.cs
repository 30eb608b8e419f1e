using LLMoin.Retrieval.Reading;
using LLMoin.TestDocuments;

namespace LLMoin.UnitTests.Retrieval.Reading;

public sealed class SlideReaderTests
{
    [Fact]
    public void Each_slide_is_a_page_with_title_items_tables_and_notes()
    {
        var file = new SlideFile()
            .Slide("Neue Öffnungszeiten", ["Montag bis Freitag", "ab acht Uhr"], "Auf die Baustelle hinweisen.", false, SlideFile.TextBox(4_000_000, "Quelle: Bürgeramt"), SlideFile.TextBox(1_000_000, "Stand: Mai"))
            .Slide("Entwurf", ["unfertig"], isHidden: true)
            .Slide(null, [], null, false, SlideFile.Picture())
            .Slide(null, [], null, false, SlideFile.Table(["Tag", "Uhrzeit"], ["Montag", "8 bis 12"]))
            .Build();

        var document = Files.Read(file, "zeiten.pptx");

        Assert.Equal(
            """
            # Neue Öffnungszeiten

            - Montag bis Freitag
            - ab acht Uhr

            Stand: Mai

            Quelle: Bürgeramt

            Notizen: Auf die Baustelle hinweisen.

            # Folie 4

            | Tag | Uhrzeit |
            |---|---|
            | Montag | 8 bis 12 |
            """, document.Text);
        Assert.Equal(("Neue Öffnungszeiten", 4, 4), (document.Title, document.Pages, document.PageAt(document.Text.Length - 1)));
        Assert.Equal([new UnreadPart(2, null, null, "hidden"), new UnreadPart(3, null, null, "picture")], document.Unread);
    }
}
