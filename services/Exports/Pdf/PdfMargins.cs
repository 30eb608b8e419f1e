using LLMoin.Exports.Blocks;
using LLMoin.Exports.Pdf.Layout;
using LLMoin.Exports.Pdf.Objects;
using LLMoin.Exports.Pictures;
using LLMoin.Exports.Text;

namespace LLMoin.Exports.Pdf;

/// <summary>The letterhead on the first page, and what stands at the foot of all.</summary>
internal static class PdfMargins
{
    private static readonly TextStyle Name = new(12, Bold: true);
    private static readonly TextStyle Small = new(8);

    /// <summary>The flow goes on below it.</summary>
    public static void Begin(PdfFile file, Flow flow, Letterhead head, StructureNode node)
    {
        if (head.Logo is { } logo && Picture.TryRead(logo) is { } picture && PdfPicture.Add(file, logo, picture) is { } image)
        {
            var (width, height) = picture.Within(Paper.LogoWidth, Paper.LogoHeight);
            flow.Canvas.DrawPicture(flow.Page, image, Points(Paper.Width - Paper.Right - width), Points(Paper.LogoTop), Points(width), Points(height));
        }
        flow.Y = Points(Paper.LogoTop);
        flow.Draw(LineBreaker.Break([new Run(head.Name)], Name, Points(Paper.HeadWidth)), Name, PdfBlocks.Left, node.Add("P"));
        foreach (var line in head.Lines.Take(Paper.MaxHeadLines))
            flow.Draw([LineBreaker.Break([new Run(line)], Small, Points(Paper.HeadWidth))[0]], Small, PdfBlocks.Left, node.Add("P"));
        flow.Y = Math.Max(flow.Y, Points(Paper.LogoTop + Paper.LogoHeight)) + (2 * PdfBlocks.Between);
    }

    /// <summary>The footer's lines, the mark and the page's number, now that it is known of how many.</summary>
    public static void End(Canvas canvas, ExportDocument document, Wording wording)
    {
        string[] lines =
        [
            .. document.Letterhead?.FooterLines.Take(Paper.MaxFooterLines) ?? [],
            .. document.Mark is { } mark ? [wording.Mark(mark)] : Array.Empty<string>(),
        ];
        var width = PdfBlocks.Right - PdfBlocks.Left;
        for (var index = 0; index < canvas.Pages.Count; index++)
        {
            var page = canvas.Pages[index];
            var baseline = Points(Paper.Height - Paper.Bottom) + 16;
            var number = LineBreaker.Break([new Run(wording.PageNumber(index + 1, canvas.Pages.Count))], Small, width)[0];
            canvas.Draw(page, number, PdfBlocks.Right - number.Width, baseline, null);
            foreach (var line in lines)
            {
                canvas.Draw(page, LineBreaker.Break([new Run(line)], Small, width - 70)[0], PdfBlocks.Left, baseline, null);
                baseline += Small.LineHeight;
            }
        }
    }

    private static double Points(double millimetres) => millimetres * Canvas.PointsPerMillimetre;
}
