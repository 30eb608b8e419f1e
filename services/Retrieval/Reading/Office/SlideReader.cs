using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using Drawing = DocumentFormat.OpenXml.Drawing;

namespace LLMoin.Retrieval.Reading.Office;

/// <summary>PPTX: each slide a page: title, texts, tables and diagrams from top to bottom, then the speaker's notes.</summary>
internal sealed class SlideReader : IDocumentReader
{
    private static readonly string[] NoTitles = ["PowerPoint-Präsentation", "PowerPoint Presentation"];

    public void Read(byte[] file, ReadingSession session)
    {
        using var show = PresentationDocument.Open(OfficePackage.Checked(file, session), false, OfficePackage.Settings(session));
        var presentation = show.PresentationPart ?? throw new ReadingException(ReadingReason.Unreadable);
        if (!NoTitles.Contains(show.PackageProperties.Title))
            session.Document.Entitle(show.PackageProperties.Title);
        var slides = (presentation.Presentation?.SlideIdList?.Elements<SlideId>() ?? []).ToList();
        foreach (var (index, slide) in slides.Index())
        {
            session.EnterPage(index + 1, slides.Count);
            if (slide.RelationshipId?.Value is not { } id || presentation.GetPartById(id) is not SlidePart { Slide: { } content } part)
                session.Document.Unread(ReadingReason.Unreadable, index + 1);
            else if (content.Show?.Value == false)
                session.Document.Unread(ReadingReason.Hidden, index + 1);
            else
                Read(part, content, index + 1, session);
        }
    }

    private static void Read(SlidePart part, Slide slide, int number, ReadingSession session)
    {
        var shapes = SlideShape.In(slide.CommonSlideData?.ShapeTree).ToList();
        var title = shapes.Find(shape => shape.IsTitle)?.Text;
        var notes = part.NotesSlidePart?.NotesSlide?.CommonSlideData?.ShapeTree is { } tree ? SlideShape.In(tree).Where(shape => shape.IsBody).Select(shape => shape.Text) : [];
        var diagrams = part.DiagramDataParts.SelectMany(data => data.RootElement?.Descendants<Drawing.Paragraph>() ?? []).Select(SlideShape.TextOf).Where(text => text.Length > 0).ToList();
        var note = string.Join('\n', notes).Trim();
        if (shapes.TrueForAll(shape => shape.IsEmpty) && diagrams.Count == 0 && note.Length == 0)
        {
            if (slide.Descendants<Picture>().Any() || slide.Descendants<GraphicFrame>().Any())
                session.Document.Unread(ReadingReason.Picture, number);
            return;
        }

        session.Document.Entitle(title);
        session.Document.Heading(1, string.IsNullOrWhiteSpace(title) ? $"Folie {number}" : title);
        foreach (var shape in shapes.Where(shape => !shape.IsTitle))
            shape.Write(session.Document);
        foreach (var text in diagrams)
            session.Document.ListItem(1, "-", text);
        if (note.Length > 0)
            session.Document.Paragraph("Notizen: " + note);
    }
}
