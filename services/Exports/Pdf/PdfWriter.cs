using System.Globalization;
using LLMoin.Exports.Blocks;
using LLMoin.Exports.Pdf.Layout;
using LLMoin.Exports.Pdf.Objects;
using LLMoin.Exports.Text;

namespace LLMoin.Exports.Pdf;

/// <summary>
/// Writes PDF 1.7 (ISO 32000-1) with a logical structure, bookmarks, embedded fonts and XMP. No library does it: of those that write PDF,
/// none that was to be had has both a licence that fits and tags, without which a public body's files are not accessible.
/// </summary>
internal static class PdfWriter
{
    private static readonly TextStyle Title = new(18, Bold: true);
    private static readonly TextStyle Mark = new(9);
    private static readonly TextStyle SourceText = new(9);

    public static byte[] Write(ExportDocument document)
    {
        var (file, outline, root, wording) = (new PdfFile(), new Outline(), new StructureNode("Document", null), Wording.Of(document));
        var canvas = new Canvas(file);
        var flow = new Flow(canvas);
        var blocks = new PdfBlocks(flow, outline);
        Begin(file, flow, blocks, document, wording, root);
        blocks.Draw(document.Blocks, root);
        if (document.Letter is { } letter)
            PdfLetter.End(flow, blocks, letter, wording, root);
        DrawSources(flow, blocks, document, wording, root);
        PdfMargins.End(canvas, document, wording);
        return Finish(file, canvas, outline, root, document, wording);
    }

    private static void Begin(PdfFile file, Flow flow, PdfBlocks blocks, ExportDocument document, Wording wording, StructureNode root)
    {
        if (document.Letterhead is { } head)
            PdfMargins.Begin(file, flow, head, root);
        if (document.Letter is { } letter)
        {
            PdfLetter.Begin(flow, document, letter, wording, root);
            PdfLetter.Subject(flow, letter, root);
        }
        else
        {
            flow.Draw(LineBreaker.Break([new Run(document.Title)], Title, PdfBlocks.Right - PdfBlocks.Left), Title, PdfBlocks.Left, root.Add("H1"));
            flow.Skip(PdfBlocks.Between);
            if (document.Mark is { } mark)
                blocks.DrawText(wording.Mark(mark), Mark, root);
        }
        foreach (var notice in document.Notices)
            blocks.DrawText(notice, Mark, root, boxed: true);
        if (document.Letter is { } opened)
            blocks.DrawText(opened.Salutation ?? wording.Salutation, PdfBlocks.Text, root);
    }

    private static void DrawSources(Flow flow, PdfBlocks blocks, ExportDocument document, Wording wording, StructureNode root)
    {
        if (document.Sources.Count == 0)
            return;
        blocks.DrawHeading(1, [new Run(wording.Sources)], root);
        foreach (var source in document.Sources)
        {
            flow.Need(2 * SourceText.LineHeight);
            blocks.DrawText(string.Create(CultureInfo.InvariantCulture, $"[{source.Number}] {wording.Place(source)}"), SourceText, root);
            if (source.Quote is { } quote)
                blocks.DrawText(wording.Quote(quote), SourceText with { Italic = true }, root, PdfBlocks.Left + 18);
        }
    }

    private static byte[] Finish(PdfFile file, Canvas canvas, Outline outline, StructureNode root, ExportDocument document, Wording wording)
    {
        var pages = canvas.Write();
        var structure = StructureTree.Write(file, root, canvas.Pages);
        var metadata = file.AddStream("/Type /Metadata /Subtype /XML", Xmp.Write(document), compress: false);
        var bookmarks = outline.WriteTo(file) is { } id ? string.Create(CultureInfo.InvariantCulture, $"/Outlines {id} 0 R /PageMode /UseOutlines ") : "";
        var catalogue = file.Add(string.Create(CultureInfo.InvariantCulture,
            $"<< /Type /Catalog /Pages {pages} 0 R /Metadata {metadata} 0 R /StructTreeRoot {structure} 0 R /MarkInfo << /Marked true >> /Lang ({wording.Tag}) /ViewerPreferences << /DisplayDocTitle true >> {bookmarks}>>"));
        var date = document.Created.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var keywords = document.Mark is null ? "" : $"/Keywords {PdfFile.Text(wording.AiGenerated)} ";
        var information = file.Add(
            $"<< /Title {PdfFile.Text(document.Title)} /Author {PdfFile.Text(document.Letterhead?.Name ?? Xmp.Producer)} {keywords}/Producer ({Xmp.Producer}) /CreationDate (D:{date}Z) >>");
        return file.Write(catalogue, information);
    }
}
