using DocumentFormat.OpenXml.Drawing.Wordprocessing;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using A = DocumentFormat.OpenXml.Drawing;
using P = DocumentFormat.OpenXml.Drawing.Pictures;

namespace LLMoin.Exports.Word;

/// <summary>The logo as DrawingML wants it.</summary>
internal static class WordPicture
{
    private const string PictureUri = "http://schemas.openxmlformats.org/drawingml/2006/picture";

    public static Drawing Of(HeaderPart part, byte[] file, Pictures.Picture picture, string description)
    {
        var image = part.AddImagePart(picture.Kind == Pictures.PictureKind.Png ? ImagePartType.Png : ImagePartType.Jpeg);
        using (var content = new MemoryStream(file))
            image.FeedData(content);
        var (width, height) = picture.Within(Paper.LogoWidth, Paper.LogoHeight);
        var (cx, cy) = (WordUnits.Emu(width), WordUnits.Emu(height));
        var shape = new P.Picture(
            new P.NonVisualPictureProperties(new P.NonVisualDrawingProperties { Id = 1, Name = "Logo" }, new P.NonVisualPictureDrawingProperties()),
            new P.BlipFill(new A.Blip { Embed = part.GetIdOfPart(image) }, new A.Stretch(new A.FillRectangle())),
            new P.ShapeProperties(
                new A.Transform2D(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = cx, Cy = cy }),
                new A.PresetGeometry(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle }));
        return new Drawing(new Inline(
            new Extent { Cx = cx, Cy = cy },
            new DocProperties { Id = 1, Name = "Logo", Description = description },
            new A.Graphic(new A.GraphicData(shape) { Uri = PictureUri }))
        {
            DistanceFromTop = 0,
            DistanceFromBottom = 0,
            DistanceFromLeft = 0,
            DistanceFromRight = 0,
        });
    }
}
