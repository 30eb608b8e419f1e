using System.Text;
using LLMoin.Retrieval.Reading;
using LLMoin.TestDocuments;

namespace LLMoin.UnitTests.Retrieval.Reading;

/// <summary>Files built to break readers, as the service reads them: in a process that may die.</summary>
public sealed class HostilePdfTests
{
    private const string Nothing = "<< >>";

    [Theory]
    [InlineData("2 0 R")]
    [InlineData("6 0 R")]
    public async Task A_page_tree_that_bites_its_tail_ends(string kid)
    {
        var file = PdfFile.File([.. new[]
        {
            "<< /Type /Catalog /Pages 2 0 R >>", $"<< /Type /Pages /Count 3 /Kids [{kid}] /Parent 6 0 R >>", Nothing, Nothing, Nothing,
            "<< /Type /Pages /Count 3 /Kids [2 0 R] /Parent 2 0 R >>",
        }.Select(PdfFile.Bytes)]);

        await EndsAsync(file);
    }

    [Fact]
    public async Task Objects_that_refer_to_themselves_end()
        => await EndsAsync(PdfFile.File([.. new[]
        {
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [6 0 R] >>", "3 0 R", "5 0 R", "4 0 R",
            "<< /Type /Page /Parent 2 0 R /MediaBox 3 0 R /Contents 4 0 R /Resources 7 0 R >>", "<< /Font << /R 7 0 R >> /XObject << /P 7 0 R >> >>",
        }.Select(PdfFile.Bytes)]));

    [Fact]
    public async Task A_form_that_draws_itself_ends()
        => await EndsAsync(PdfFile.File(
        [
            PdfFile.Bytes("<< /Type /Catalog /Pages 2 0 R >>"), PdfFile.Bytes("<< /Type /Pages /Count 1 /Kids [6 0 R] >>"), PdfFile.Bytes(Nothing), PdfFile.Bytes(Nothing), PdfFile.Bytes(Nothing),
            PdfFile.Bytes("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 8 0 R /Resources << /XObject << /F 7 0 R >> >> >>"),
            PdfFile.Stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 7 0 R >> >> ", PdfFile.Bytes("/F Do /F Do")), PdfFile.Stream("", PdfFile.Bytes("/F Do")),
        ]));

    [Fact]
    public async Task A_hundred_thousand_nested_arrays_end()
        => await EndsAsync(PdfFile.File([PdfFile.Bytes("<< /Type /Catalog /Pages 2 0 R >>"), PdfFile.Bytes("<< /Type /Pages /Count 1 /Kids [6 0 R] >>"), PdfFile.Bytes(Nothing), PdfFile.Bytes(Nothing), PdfFile.Bytes(Nothing),
            PdfFile.Bytes("<< /Type /Page /Parent 2 0 R /X " + new StringBuilder().Insert(0, "[", 100_000) + " >>")]));

    [Fact]
    public async Task A_picture_of_a_trillion_pixels_is_noted_and_not_unpacked()
    {
        var file = new PdfFile().Page().Lines(70, 700, "Seite eins.").Page().Picture(new byte[100], 1_000_000, 1_000_000).Build();

        var outcome = await Files.ReadElsewhereAsync(file, "a.pdf", new ReadingOptions { Tesseract = StandIn.Tesseract("nichts") });

        Assert.Equal("unrecognised", Assert.Single(outcome.Document!.Unread).Reason);
    }

    [Fact]
    public async Task A_page_of_a_bomb_does_not_take_the_service_with_it()
    {
        // A content stream of 2 GB of blanks, in 2 MB.
        using var bomb = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(bomb, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            var blanks = Enumerable.Repeat((byte)' ', 1_000_000).ToArray();
            for (var i = 0; i < 2_000; i++)
                zlib.Write(blanks);
        }

        await EndsAsync(PdfFile.File(
        [
            PdfFile.Bytes("<< /Type /Catalog /Pages 2 0 R >>"), PdfFile.Bytes("<< /Type /Pages /Count 1 /Kids [6 0 R] >>"), PdfFile.Bytes(Nothing), PdfFile.Bytes(Nothing), PdfFile.Bytes(Nothing),
            PdfFile.Bytes("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R /Resources << >> >>"), PdfFile.Stream("/Filter /FlateDecode ", bomb.ToArray()),
        ]));
    }

    /// <summary>It fails or has no words; what matters is that it comes back within the limit, and that the process beside it did not.</summary>
    private static async Task EndsAsync(byte[] file)
    {
        var outcome = await Files.ReadElsewhereAsync(file, "a.pdf", new ReadingOptions { Seconds = 20, MemoryMegabytes = 256 });

        Assert.True(outcome.Reason is "unreadable" or "too-complex" or "too-slow" || outcome.Document!.Text.Length == 0, $"{outcome.Reason} {outcome.Document?.Text.Length}");
    }
}
