using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using LLMoin.Exports.Text;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace LLMoin.Exports.Word;

/// <summary>Paper, margins, and what stands at the head and foot of every page.</summary>
internal static class WordPages
{
    private const double HeaderFrom = 10;

    public static SectionProperties Of(MainDocumentPart main, ExportDocument document, Wording wording)
    {
        var (first, other) = (main.AddNewPart<HeaderPart>(), main.AddNewPart<HeaderPart>());
        first.Header = FirstHeader(first, document);
        other.Header = new Header(WordText.Styled(WordStyles.Small, document.Letterhead?.Name ?? ""));
        var footer = main.AddNewPart<FooterPart>();
        footer.Footer = Footer(document, wording);
        return new SectionProperties(
            new HeaderReference { Type = HeaderFooterValues.First, Id = main.GetIdOfPart(first) },
            new HeaderReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(other) },
            new FooterReference { Type = HeaderFooterValues.First, Id = main.GetIdOfPart(footer) },
            new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(footer) },
            new PageSize { Width = (uint)WordUnits.Twips(Paper.Width), Height = (uint)WordUnits.Twips(Paper.Height) },
            new PageMargin
            {
                Left = (uint)WordUnits.Twips(Paper.Left),
                Right = (uint)WordUnits.Twips(Paper.Right),
                Top = WordUnits.Twips(Paper.Top),
                Bottom = WordUnits.Twips(Paper.Bottom),
                Header = (uint)WordUnits.Twips(HeaderFrom),
                Footer = (uint)WordUnits.Twips(HeaderFrom),
                Gutter = 0,
            },
            new TitlePage());
    }

    private static Header FirstHeader(HeaderPart part, ExportDocument document)
    {
        var header = new Header();
        var isLetter = document.Letter is not null;
        if (document.Letterhead is { } head)
        {
            if (head.Logo is { } logo && Pictures.Picture.TryRead(logo) is { } picture)
            {
                var frame = WordFrame.At(Paper.LogoLeft, Paper.LogoTop, Paper.LogoWidth, Paper.LogoHeight);
                frame.Justification = new() { Val = JustificationValues.Right };
                header.Append(new W.Paragraph(frame, new W.Run(WordPicture.Of(part, logo, picture, head.Name))));
            }
            header.Append(HeadLines(head).Select(line => Styled(line.Text, line.IsBold, isLetter)));
        }
        if (isLetter)
        {
            header.Append(LetterPaper.Marks.Select(mark => WordFrame.Line(LetterPaper.MarkLeft, mark, LetterPaper.MarkWidth)));
            // Holds the text of the first page below the address field; the following pages begin at the margin.
            header.Append(new W.Paragraph(new ParagraphProperties
            {
                SpacingBetweenLines = new() { Before = "0", After = "0", Line = $"{WordUnits.Twips(LetterPaper.TextTop - HeaderFrom)}", LineRule = LineSpacingRuleValues.Exact },
            }));
        }
        if (!header.HasChildren || document.Letterhead is { } && !isLetter)
            header.Append(new W.Paragraph());
        return header;
    }

    private static IEnumerable<(string Text, bool IsBold)> HeadLines(Letterhead head)
        => head.Lines.Take(Paper.MaxHeadLines).Select(line => (line, false)).Prepend((head.Name, true));

    private static W.Paragraph Styled(string text, bool isBold, bool isLetter)
    {
        var properties = isLetter ? WordFrame.At(Paper.Left, Paper.LogoTop, Paper.HeadWidth, LetterPaper.AddressTop - Paper.LogoTop) : new ParagraphProperties();
        properties.ParagraphStyleId = new() { Val = WordStyles.Small };
        return new W.Paragraph(properties, new W.Run([new RunProperties { Bold = isBold ? new() : null, FontSize = isBold ? new() { Val = "24" } : null }, .. WordText.Pieces(text)]));
    }

    private static Footer Footer(ExportDocument document, Wording wording)
    {
        var footer = new Footer();
        if (document.Letterhead is { } head)
            footer.Append(head.FooterLines.Take(Paper.MaxFooterLines).Select(line => WordText.Styled(WordStyles.Small, line)));
        if (document.Mark is { } mark)
            footer.Append(WordText.Styled(WordStyles.Small, wording.Mark(mark)));
        var pieces = wording.PageOf.Split('{', '}');
        footer.Append(new W.Paragraph([
            new ParagraphProperties { ParagraphStyleId = new() { Val = WordStyles.Small }, Justification = new() { Val = JustificationValues.Right } },
            .. pieces.Select<string, OpenXmlElement>(piece => piece switch
            {
                "0" => new SimpleField(new W.Run(new W.Text("1"))) { Instruction = "PAGE" },
                "1" => new SimpleField(new W.Run(new W.Text("1"))) { Instruction = "NUMPAGES" },
                _ => new W.Run(WordText.Pieces(piece)),
            })]));
        return footer;
    }
}
