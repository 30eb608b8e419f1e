using System.Text;
using LLMoin.Retrieval.Reading;
using LLMoin.TestDocuments;

namespace LLMoin.UnitTests.Retrieval.Reading;

public sealed class HtmlReaderTests
{
    [Fact]
    public void What_the_page_shows_is_read_in_order()
    {
        var document = Files.Read(Archives.Text(
            """
            <!doctype html><html><head><title>Wohngeld – Musterdorf</title><style>p { color: red }</style></head><body>
            <nav><ul><li>Startseite</ul></nav><script>alert(1)</script>
            <h1>Wohngeld</h1><div><h2>Wer bekommt <em>Wohngeld</em>?</h2>
            Mieter und <b>Eigentümer</b>
            mit wenig Einkommen.<p hidden>versteckt</p><p style="display: none">auch</p></div>
            <ol start="3"><li>Antrag ausfüllen<li><p>Belege beilegen</p><p>in Kopie</p><ul><li>Mietvertrag</ul></ol>
            <table><caption>Beträge</caption><thead><tr><th>Personen<th>Höchstbetrag</thead><tr><td>1<td>651&nbsp;Euro<tr><td>2<td>788 Euro</table>
            <p>Rathausplatz 1<br>12345 Musterdorf</p><img src=x onerror=alert(2)><iframe src=file:///etc/passwd></iframe>
            """), "wohngeld.html");

        Assert.Equal(
            """
            # Wohngeld

            ## Wer bekommt Wohngeld?

            Mieter und Eigentümer mit wenig Einkommen.

            3. Antrag ausfüllen
            4. Belege beilegen

            in Kopie

              - Mietvertrag

            Beträge

            | Personen | Höchstbetrag |
            |---|---|
            | 1 | 651 Euro |
            | 2 | 788 Euro |

            Rathausplatz 1
            12345 Musterdorf
            """, document.Text);
        Assert.Equal("Wohngeld – Musterdorf", document.Title);
    }

    [Fact]
    public void The_encoding_is_the_one_the_page_declares()
    {
        var file = Encoding.Latin1.GetBytes("<meta charset=iso-8859-1><p>Gebühr für Straßenmusik</p>");
        Assert.Equal("Gebühr für Straßenmusik", Files.Read(file, "a.html").Text);
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b><i>")]
    [InlineData("<table><tr><td>")]
    public async Task A_hundred_thousand_open_elements_end(string element)
    {
        var file = Archives.Text(string.Concat(Enumerable.Repeat(element, 100_000)) + "Ende");

        var outcome = await Files.ReadElsewhereAsync(file, "a.html", new ReadingOptions { Seconds = 3 });

        Assert.True(outcome.Reason is "too-complex" or "too-slow" || outcome.Document!.Text == "Ende", outcome.Reason);
    }
}
