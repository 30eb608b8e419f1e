using LLMoin.Retrieval.Reading;
using LLMoin.TestDocuments;

namespace LLMoin.UnitTests.Retrieval.Reading;

public sealed class SheetReaderTests
{
    [Fact]
    public void Cells_are_read_as_they_show_and_each_sheet_is_a_page()
    {
        var file = new SheetFile()
            .Sheet("Haushalt", [["Haushaltsplan 2026"], null, ["Posten", "Betrag", "Anteil", "Stand"], ["Straßen", SheetFile.Euro(1_234_567.5), SheetFile.Percent(0.19), SheetFile.Date(new DateTime(2026, 3, 31))], ["Schulen", 12.25, null, SheetFile.DateAndTime(new DateTime(2026, 4, 1, 8, 30, 0))]])
            .Sheet("Entwurf", [["geheim"]], isHidden: true)
            .Sheet("Personal", [["Stelle", "Zahl"], ["Bauamt", 7]])
            .Build();

        var document = Files.Read(file, "haushalt.xlsx");

        Assert.Equal(
            """
            # Haushalt

            Haushaltsplan 2026

            | Posten | Betrag | Anteil | Stand |
            |---|---|---|---|
            | Straßen | 1.234.567,50 € | 19 % | 31.03.2026 |
            | Schulen | 12,25 |  | 01.04.2026 08:30 |

            # Personal

            | Stelle | Zahl |
            |---|---|
            | Bauamt | 7 |
            """, document.Text);
        Assert.Equal((3, 1, 3), (document.Pages, document.PageAt(0), document.PageAt(document.Text.Length - 1)));
        Assert.Equal([new UnreadPart(2, null, "Entwurf", "hidden")], document.Unread);
    }

    [Fact]
    public void In_a_long_list_each_row_names_its_columns()
    {
        var rows = Enumerable.Range(1, 2_000).Select(n => new object?[] { $"Hauptstraße {n}", n, SheetFile.Euro(n) }).Prepend(["Adresse", "Flurstück", "Gebühr"]);

        var document = Files.Read(new SheetFile().Sheet("Bescheide", [.. rows]).Build(), "a.xlsx");

        Assert.Contains("| Adresse: Hauptstraße 1777 | Flurstück: 1777 | Gebühr: 1.777,00 € |", document.Text, StringComparison.Ordinal);
        Assert.Equal(2_000, document.Texts(BlockKind.TableRow).Count);
    }
}
