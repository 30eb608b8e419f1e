using LLMoin.Exports.Blocks;
using LLMoin.Exports.Pdf.Fonts;
using LLMoin.Exports.Pdf.Layout;
using LLMoin.Exports.Pdf.Objects;
using LLMoin.Exports.Text;

namespace LLMoin.Exports.Pdf;

/// <summary>A letter's fields after DIN 5008, form B.</summary>
internal static class PdfLetter
{
    private const double RemarkLine = LetterPaper.RemarksHeight / 3;
    private const double RecipientLine = LetterPaper.RecipientHeight / 6;
    private const double InformationLine = LetterPaper.InformationHeight / 8;

    /// <summary>Address, information block and marks; the flow goes on at the subject.</summary>
    public static void Begin(Flow flow, ExportDocument document, Letter letter, Wording wording, StructureNode node)
    {
        foreach (var mark in LetterPaper.Marks)
            Canvas.Fill(flow.Page, Points(LetterPaper.MarkLeft), Points(mark), Points(LetterPaper.MarkWidth), 0.5, 0.5);

        var left = LetterPaper.AddressLeft + LetterPaper.AddressIndent;
        var width = LetterPaper.AddressWidth - LetterPaper.AddressIndent;
        var remarks = LetterPaper.AddressTop + LetterPaper.ReturnHeight;
        var recipient = remarks + LetterPaper.RemarksHeight;
        if (document.Letterhead is { ReturnAddress.Length: > 0 } head)
            Place(flow, head.ReturnAddress, 7, left, remarks - 1.5, width, node);
        for (var index = 0; index < letter.Remarks.Count; index++)
            Place(flow, letter.Remarks[index], 9, left, recipient - 1 - (RemarkLine * (letter.Remarks.Count - 1 - index)), width, node);
        for (var index = 0; index < letter.Recipient.Count; index++)
            Place(flow, letter.Recipient[index], 10, left, recipient + (RecipientLine * (index + 1)) - 1, width, node);

        var line = 0;
        foreach (var (label, value) in wording.Information(letter))
        {
            var baseline = LetterPaper.InformationTop + (InformationLine * ++line) - 1;
            Place(flow, label + ":", 8, LetterPaper.InformationLeft, baseline, LetterPaper.LabelWidth, node);
            Place(flow, value, 9, LetterPaper.InformationLeft + LetterPaper.LabelWidth, baseline, LetterPaper.InformationWidth - LetterPaper.LabelWidth, node);
        }
        flow.Y = Points(LetterPaper.TextTop);
    }

    public static void Subject(Flow flow, Letter letter, StructureNode node)
    {
        var style = PdfBlocks.Text with { Bold = true };
        flow.Draw(LineBreaker.Break([new Run(letter.Subject)], style, PdfBlocks.Right - PdfBlocks.Left), style, PdfBlocks.Left, node.Add("H1"));
        // Two empty lines before the salutation.
        flow.Skip(2 * style.LineHeight);
    }

    /// <summary>Closing, room for the signature, name and enclosures; on one page.</summary>
    public static void End(Flow flow, PdfBlocks blocks, Letter letter, Wording wording, StructureNode node)
    {
        flow.Need((6 + letter.Attachments.Count) * PdfBlocks.Text.LineHeight);
        flow.Skip(PdfBlocks.Between);
        blocks.DrawText(letter.Closing ?? wording.Closing, PdfBlocks.Text, node);
        if (letter.SignatureName is { } name)
        {
            flow.Skip(3 * PdfBlocks.Text.LineHeight);
            blocks.DrawText(name, PdfBlocks.Text, node);
        }
        if (letter.Attachments.Count == 0)
            return;
        flow.Skip(PdfBlocks.Text.LineHeight);
        blocks.DrawText(letter.Attachments.Count == 1 ? wording.Attachment : wording.Attachments, PdfBlocks.Text with { Bold = true }, node);
        blocks.DrawText(string.Join('\n', letter.Attachments), PdfBlocks.Text, node);
    }

    /// <summary>One line at a place in millimetres, set smaller where it is too long, and cut where it would get unreadable.</summary>
    private static void Place(Flow flow, string text, double size, double left, double baseline, double width, StructureNode node)
    {
        const double smallest = 5.5;
        var font = FontLibrary.Of(false, false, false);
        var fitting = size * Points(width) / UsedFont.Measure(font, text, size);
        var style = new TextStyle(Math.Clamp(fitting, smallest, size));
        flow.Canvas.Draw(flow.Page, LineBreaker.Break([new Run(text)], style, Points(width) + 0.1)[0], Points(left), Points(baseline), node.Add("P"));
    }

    private static double Points(double millimetres) => millimetres * Canvas.PointsPerMillimetre;
}
