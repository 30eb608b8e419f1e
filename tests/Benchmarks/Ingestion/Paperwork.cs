using System.Globalization;
using System.Security;
using System.Text;
using LLMoin.TestDocuments;

namespace LLMoin.Benchmarks.Ingestion;

/// <summary>
/// Files as an administration has them, in all formats, of the sentences of the German sample documents: sections with headings,
/// paragraphs and tables, and in PDF headers, footers and columns. The same seed gives the same files.
/// </summary>
/// <param name="sentences">What they are made of.</param>
internal sealed class Paperwork(IReadOnlyList<string> sentences, int seed)
{
    private const string Letterhead = "Stadt Musterhausen · Ortsrecht und Dienstanweisungen";
    private const double Left = 70;
    private const double RightColumn = 310;
    private const double Lowest = 70;
    private const double Leading = 13.5;
    private const double Size = 10.5;
    private const int LineLength = 88;
    private const int ColumnLength = 42;

    private readonly Random _random = new(seed);
    private int _section;

    public byte[] Pdf(int pages)
    {
        var file = new PdfFile("Ortsrecht der Stadt Musterhausen");
        for (var page = 1; page <= pages; page++)
        {
            file.Page().Line(Letterhead, Left, 812, 8).Line($"Seite {page} von {pages}", 480, 30, 8);
            if (page % 4 == 0)
            {
                Column(file, Left, PdfFile.Top, ColumnLength);
                Column(file, RightColumn, PdfFile.Top, ColumnLength);
            }
            else
            {
                var top = page % 5 == 0 ? Table(file) : PdfFile.Top;
                Column(file, Left, top, LineLength);
            }
        }

        return file.Build();
    }

    public byte[] Word(int sections)
    {
        var file = new WordFile().Entitled("Dienstanweisung der Stadt Musterhausen");
        for (var section = 0; section < sections; section++)
        {
            file.Paragraph(Heading(), "berschrift1");
            for (var paragraph = 0; paragraph < 4; paragraph++)
                file.Paragraph(Paragraph());
            if (section % 5 == 4)
                file.Table(true, [["Leistung", "Stelle", "Gebühr"], .. Rows(12)]);
        }

        return file.Build();
    }

    public byte[] Sheet(int rows)
        => new SheetFile().Sheet("Gebührenverzeichnis", [["Leistung", "Stelle", "Gebühr"], .. Enumerable.Range(0, rows).Select(_ => new object?[] { Title(), "Bürgeramt", SheetFile.Euro(_random.Next(200)) })]).Build();

    public byte[] Slides(int slides)
    {
        var file = new SlideFile();
        for (var slide = 0; slide < slides; slide++)
            file.Slide(Title(), [Sentence(), Sentence(), Sentence()], Paragraph());
        return file.Build();
    }

    public byte[] Odt(int sections) => OdtFile.Of(
        Text(sections, heading => $"<text:h text:outline-level=\"1\">{SecurityElement.Escape(heading)}</text:h>", paragraph => $"<text:p>{SecurityElement.Escape(paragraph)}</text:p>"), "Richtlinie");

    public byte[] Html(int sections) => Archives.Text(
        $"<!doctype html><html lang=\"de\"><title>Merkblatt</title><nav><a href=\"/\">Start</a></nav><main>{Text(sections, heading => $"<h2>{SecurityElement.Escape(heading)}</h2>", paragraph => $"<p>{SecurityElement.Escape(paragraph)}</p>")}</main>");

    public byte[] Mail(int attachedPages) => MailFile.Of("Anlage zum Vorgang " + _random.Next(1000).ToString(CultureInfo.InvariantCulture), Paragraph() + "\n\n" + Paragraph(), null, ("Anlage.pdf", Pdf(attachedPages)));

    private void Column(PdfFile file, double left, double top, int length)
    {
        var height = top;
        while (height > Lowest + (5 * Leading))
        {
            file.Line(Heading(), left, height, length == LineLength ? 12 : 11, bold: true);
            height -= 1.5 * Leading;
            for (var paragraph = 0; paragraph < 3 && height > Lowest + (2 * Leading); paragraph++)
            {
                var lines = Wrap(Paragraph(), length).Take((int)((height - Lowest) / Leading)).ToArray();
                foreach (var line in lines)
                {
                    file.Line(line, left, height, Size);
                    height -= Leading;
                }

                height -= 0.7 * Leading;
            }
        }
    }

    /// <returns>Where the text below it begins.</returns>
    private double Table(PdfFile file)
    {
        var height = PdfFile.Top;
        foreach (var row in Rows(10).Prepend(["Leistung", "Stelle", "Gebühr"]))
        {
            foreach (var (column, cell) in row.Index())
                file.Line(cell, Left + (column * 170), height, Size);
            height -= 1.4 * Leading;
        }

        return height - (2 * Leading);
    }

    private IEnumerable<string[]> Rows(int count)
        => Enumerable.Range(0, count).Select(_ => new[] { Title(), "Bürgeramt", _random.Next(5, 200).ToString(CultureInfo.InvariantCulture) + ",00 EUR" });

    private string Text(int sections, Func<string, string> heading, Func<string, string> paragraph)
    {
        var text = new StringBuilder();
        for (var section = 0; section < sections; section++)
        {
            text.Append(heading(Heading()));
            for (var n = 0; n < 4; n++)
                text.Append(paragraph(Paragraph()));
        }

        return text.ToString();
    }

    private string Heading() => $"§ {++_section} {Title()}";

    /// <summary>A long word out of a sentence: German headings are nouns.</summary>
    private string Title() => Sentence().Split(' ', ',', '.', '"').Where(word => word.Length > 3 && char.IsUpper(word[0])).MaxBy(word => word.Length) ?? "Allgemeines";

    private string Paragraph() => string.Join(' ', Enumerable.Range(0, _random.Next(2, 5)).Select(_ => Sentence()));

    private string Sentence() => sentences[_random.Next(sentences.Count)];

    private static IEnumerable<string> Wrap(string text, int length)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > length)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }
}
