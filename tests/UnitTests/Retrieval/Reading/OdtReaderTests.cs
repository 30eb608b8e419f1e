using LLMoin.Retrieval.Reading;
using LLMoin.TestDocuments;

namespace LLMoin.UnitTests.Retrieval.Reading;

public sealed class OdtReaderTests
{
    [Fact]
    public void Headings_lists_tables_and_notes_are_read()
    {
        var document = Files.Read(OdtFile.Of(
            """
            <text:tracked-changes><text:p>gelöscht</text:p></text:tracked-changes>
            <text:table-of-content><text:p>1 Zweck 3</text:p></text:table-of-content>
            <text:h text:outline-level="1">Richtlinie</text:h>
            <text:h text:outline-level="2">Zweck</text:h>
            <text:p>Gefördert <text:s text:c="2000000000"/>werden<text:line-break/>Lastenräder<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Auch gebrauchte.</text:p></text:note-body></text:note>.</text:p>
            <text:list text:style-name="L1"><text:list-item><text:p>Antrag</text:p></text:list-item><text:list-item><text:p>Rechnung</text:p>
              <text:list><text:list-item><text:p>im Original</text:p></text:list-item></text:list></text:list-item></text:list>
            <table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Rad</text:p></table:table-cell><table:table-cell><text:p>Zuschuss</text:p></table:table-cell></table:table-row></table:table-header-rows>
              <table:table-row><table:table-cell><text:p>mit</text:p><text:p>Motor</text:p></table:table-cell><table:table-cell><text:p>500 Euro</text:p></table:table-cell><table:table-cell table:number-columns-repeated="1000000000"/></table:table-row></table:table>
            <text:p>Ende.</text:p>
            """, "Förderrichtlinie", styles: """<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/><text:list-level-style-bullet text:level="2"/></text:list-style>"""), "a.odt");

        Assert.Equal(
            """
            # Richtlinie

            ## Zweck

            Gefördert werden
            Lastenräder (Fußnote: Auch gebrauchte. ).

            1. Antrag
            2. Rechnung
              - im Original

            | Rad | Zuschuss |
            |---|---|
            | mit Motor | 500 Euro |

            Ende.
            """, document.Text);
        Assert.Equal("Förderrichtlinie", document.Title);
    }

    [Fact]
    public void A_document_with_a_password_is_called_that()
        => Assert.Equal(ReadingReason.Encrypted, Files.Refusal(
            OdtFile.Of("", manifest: """<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"""), "a.odt"));
}
