using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using LLMoin.Exports.Text;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace LLMoin.Exports.Word;

/// <summary>A letter's fields after DIN 5008, form B, in frames at the places that the standard gives.</summary>
internal static class WordLetter
{
    /// <summary>Address, information block and subject.</summary>
    public static void Begin(Body body, ExportDocument document, Letter letter, Wording wording)
    {
        AppendFrame(body, LetterPaper.AddressTop, LetterPaper.ReturnHeight, [document.Letterhead?.ReturnAddress ?? ""], "14");
        AppendFrame(body, LetterPaper.AddressTop + LetterPaper.ReturnHeight, LetterPaper.RemarksHeight, letter.Remarks, "18");
        AppendFrame(body, LetterPaper.AddressTop + LetterPaper.ReturnHeight + LetterPaper.RemarksHeight, LetterPaper.RecipientHeight, letter.Recipient, "22");
        foreach (var (label, value) in wording.Information(letter))
        {
            var place = WordFrame.At(LetterPaper.InformationLeft, LetterPaper.InformationTop, LetterPaper.InformationWidth, LetterPaper.InformationHeight);
            place.Tabs = new Tabs(new TabStop { Val = TabStopValues.Left, Position = WordUnits.Twips(LetterPaper.LabelWidth) });
            place.Indentation = new() { Left = $"{WordUnits.Twips(LetterPaper.LabelWidth)}", Hanging = $"{WordUnits.Twips(LetterPaper.LabelWidth)}" };
            body.Append(new W.Paragraph(place, Sized("18", $"{label}:\t{value}")));
        }
        body.Append(WordText.Styled(WordStyles.Subject, letter.Subject));
    }

    /// <summary>Closing, room for the signature, name and enclosures.</summary>
    public static void End(Body body, Letter letter, Wording wording)
    {
        body.Append(new W.Paragraph(
            new ParagraphProperties { KeepNext = new(), SpacingBetweenLines = new() { Before = "240", After = letter.SignatureName is null ? "240" : "720" } },
            new W.Run(WordText.Pieces(letter.Closing ?? wording.Closing))));
        if (letter.SignatureName is { } name)
            body.Append(WordText.Plain(name));
        if (letter.Attachments.Count == 0)
            return;
        body.Append(new W.Paragraph(
            new ParagraphProperties { KeepNext = new(), SpacingBetweenLines = new() { Before = "240", After = "0" } },
            new W.Run([new RunProperties { Bold = new() }, .. WordText.Pieces(letter.Attachments.Count == 1 ? wording.Attachment : wording.Attachments)])));
        body.Append(letter.Attachments.Select(attachment => WordText.Of(new ParagraphProperties { SpacingBetweenLines = new() { After = "0" } }, attachment)));
    }

    private static void AppendFrame(Body body, double top, double height, IReadOnlyList<string> lines, string halfPoints)
        => body.Append(lines.Where(line => line.Length > 0).Select(line =>
        {
            var place = WordFrame.At(LetterPaper.AddressLeft, top, LetterPaper.AddressWidth, height);
            place.Indentation = new() { Left = $"{WordUnits.Twips(LetterPaper.AddressIndent)}" };
            return new W.Paragraph(place, Sized(halfPoints, line));
        }));

    private static W.Run Sized(string halfPoints, string text)
        => new(new OpenXmlElement[] { new RunProperties { FontSize = new() { Val = halfPoints } } }.Concat(WordText.Pieces(text)));
}
