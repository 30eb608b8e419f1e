using LLMoin.Retrieval.Reading;
using LLMoin.TestDocuments;

namespace LLMoin.UnitTests.Retrieval.Reading;

public sealed class FileFormatTests
{
    [Fact]
    public void Content_decides_and_not_the_name()
    {
        var archive = Archives.Zip(("a.txt", Archives.Text("Text")));
        Assert.Equal(FileFormat.Zip, FileFormats.Of(archive, "brief.txt", out _));
        Assert.Equal(FileFormat.Pdf, FileFormats.Of(SmallFiles.Pdf(), "brief.docx", out _));
        Assert.Equal(FileFormat.Pdf, FileFormats.Of([.. Archives.Text("@PJL SET\n"), .. SmallFiles.Pdf()], "druck.pdf", out _));
        Assert.Equal(FileFormat.Text, FileFormats.Of(Archives.Text("Am Anfang steht %PDF-1.7."), "notiz.txt", out _));
        Assert.Equal(FileFormat.Text, FileFormats.Of(Archives.Text("Nur Text"), "brief.TXT", out _));
        Assert.Equal(FileFormat.Markdown, FileFormats.Of(Archives.Text("Nur Text"), "brief.md", out _));
    }

    [Fact]
    public void Every_small_file_is_what_it_is_whatever_it_is_called()
    {
        foreach (var (extension, file) in SmallFiles.All)
        {
            var expected = Enum.Parse<FileFormat>(extension, ignoreCase: true);
            // Among plain texts only the name tells.
            var name = expected is FileFormat.Html or FileFormat.Eml ? "a." + extension : "a.txt";
            Assert.Equal(expected, FileFormats.Of(file(), name, out _));
        }
    }

    [Theory]
    [InlineData("Nur Text, kein Kopf", "brief.eml", "no mail")]
    [InlineData("<p>\0</p>", "seite.html", "NUL")]
    [InlineData("{\\rtf1 abc", "brief.txt", "RTF")]
    [InlineData("GIF89a", "bild.txt", "GIF")]
    [InlineData("Nur Text", "makro.docm", null)]
    [InlineData("Nur Text", "brief.pdf", null)]
    [InlineData("Nur Text", "brief", null)]
    public void What_is_not_read_is_refused_and_named(string content, string name, string? kind)
    {
        Assert.Null(FileFormats.Of(Archives.Text(content), name, out var refused));
        Assert.Equal(kind, refused);
    }

    [Fact]
    public void An_office_document_with_a_password_is_called_that()
    {
        byte[] file = [0xD0, 0xCF, 0x11, 0xE0, .. new byte[600], .. System.Text.Encoding.Unicode.GetBytes("EncryptedPackage"), .. new byte[100]];
        Assert.Null(FileFormats.Of(file, "gehalt.xlsx", out var refused));
        Assert.Equal(FileFormats.EncryptedOffice, refused);
    }

    [Fact]
    public void A_mail_in_Outlooks_own_format_is_called_that_also_where_it_is_attached()
    {
        byte[] file = [0xD0, 0xCF, 0x11, 0xE0, .. new byte[600], .. System.Text.Encoding.Unicode.GetBytes("__properties_version1.0"), .. new byte[100]];
        Assert.Null(FileFormats.Of(file, "vorgang.msg", out var refused));
        Assert.Equal(FileFormats.OutlookMail, refused);
        Assert.Equal([new UnreadPart(null, null, "vorgang.msg", "outlook-mail")], Files.Read(MailFile.Of("Anlage", "Text.", null, ("vorgang.msg", file)), "a.eml").Unread);
    }
}
