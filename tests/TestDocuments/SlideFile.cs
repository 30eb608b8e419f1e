using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using Drawing = DocumentFormat.OpenXml.Drawing;

namespace LLMoin.TestDocuments;

/// <summary>Writes a PPTX slide by slide.</summary>
public sealed class SlideFile
{
    private readonly List<(Slide Slide, string? Notes)> _slides = [];

    /// <param name="title">In the title placeholder; null for none.</param>
    /// <param name="items">Paragraphs of the main placeholder.</param>
    public SlideFile Slide(string? title, string[] items, string? notes = null, bool isHidden = false, params OpenXmlElement[] more)
    {
        var tree = new ShapeTree(new NonVisualGroupShapeProperties(new NonVisualDrawingProperties { Id = 1, Name = "" }, new NonVisualGroupShapeDrawingProperties(), new ApplicationNonVisualDrawingProperties()), new GroupShapeProperties());
        // The title comes last: shapes are stored from back to front, not in the order people read them.
        tree.Append(Frame(2, new PlaceholderShape { Index = 1 }, null, items));
        tree.Append(Frame(3, new PlaceholderShape { Type = PlaceholderValues.SlideNumber }, 6_000_000, ["7"]));
        tree.Append(more);
        if (title is not null)
            tree.Append(Frame(4, new PlaceholderShape { Type = PlaceholderValues.Title }, null, [title]));
        _slides.Add((new Slide(new CommonSlideData(tree)) { Show = isHidden ? false : null }, notes));
        return this;
    }

    /// <summary>A text box at that height, in English Metric Units from the top.</summary>
    public static OpenXmlElement TextBox(int top, params string[] paragraphs) => Frame(9, null, top, paragraphs);

    public static OpenXmlElement Table(params string[][] rows) => new GraphicFrame(
        new NonVisualGraphicFrameProperties(new NonVisualDrawingProperties { Id = 10, Name = "" }, new NonVisualGraphicFrameDrawingProperties(), new ApplicationNonVisualDrawingProperties()),
        new Transform(new Drawing.Offset { X = 0, Y = 3_000_000 }, new Drawing.Extents { Cx = 1, Cy = 1 }),
        new Drawing.Graphic(new Drawing.GraphicData(new Drawing.Table(rows.Select(row => new Drawing.TableRow(row.Select(cell => new Drawing.TableCell(new Drawing.TextBody(ParagraphOf(cell)))))))) { Uri = "http://schemas.openxmlformats.org/drawingml/2006/table" }));

    public static OpenXmlElement Picture() => new Picture(
        new NonVisualPictureProperties(new NonVisualDrawingProperties { Id = 11, Name = "" }, new NonVisualPictureDrawingProperties(), new ApplicationNonVisualDrawingProperties()), new BlipFill(), new ShapeProperties());

    public byte[] Build()
    {
        using var file = new MemoryStream();
        using (var show = PresentationDocument.Create(file, PresentationDocumentType.Presentation))
        {
            var presentation = show.AddPresentationPart();
            var ids = new SlideIdList();
            foreach (var (index, (slide, notes)) in _slides.Index())
            {
                var part = presentation.AddNewPart<SlidePart>();
                part.Slide = slide;
                if (notes is not null)
                    part.AddNewPart<NotesSlidePart>().NotesSlide = new NotesSlide(new CommonSlideData(new ShapeTree(Frame(2, new PlaceholderShape { Type = PlaceholderValues.Body }, null, [notes]))));
                ids.Append(new SlideId { Id = (uint)(256 + index), RelationshipId = presentation.GetIdOfPart(part) });
            }

            presentation.Presentation = new Presentation(ids);
        }

        return file.ToArray();
    }

    private static Shape Frame(uint id, PlaceholderShape? placeholder, int? top, string[] paragraphs) => new(
        new NonVisualShapeProperties(new NonVisualDrawingProperties { Id = id, Name = "" }, new NonVisualShapeDrawingProperties(), new ApplicationNonVisualDrawingProperties(placeholder is null ? [] : [placeholder])),
        new ShapeProperties(top is null ? [] : [new Drawing.Transform2D(new Drawing.Offset { X = 0, Y = top.Value }, new Drawing.Extents { Cx = 1, Cy = 1 })]),
        new TextBody([new Drawing.BodyProperties(), .. paragraphs.Select(ParagraphOf)]));

    private static Drawing.Paragraph ParagraphOf(string text) => new(new Drawing.Run(new Drawing.Text(text)));
}
