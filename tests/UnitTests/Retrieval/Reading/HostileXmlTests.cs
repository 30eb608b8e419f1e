using System.IO.Compression;
using System.Text;
using LLMoin.Retrieval.Reading;
using LLMoin.TestDocuments;

namespace LLMoin.UnitTests.Retrieval.Reading;

/// <summary>Office files whose XML wants more than to be read.</summary>
public sealed class HostileXmlTests
{
    private static readonly (string Format, string Part)[] Parts = [("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml"), ("pptx", "ppt/presentation.xml"), ("odt", "content.xml")];

    public static TheoryData<string, string> Formats => [.. Parts.Select(part => new TheoryDataRow<string, string>(part.Format, part.Part))];

    [Theory]
    [MemberData(nameof(Formats))]
    public void An_external_entity_is_neither_followed_nor_read(string format, string part)
    {
        var secret = Path.GetTempFileName();
        File.WriteAllText(secret, "Geheimnis");

        var file = WithText(format, part, $"<!DOCTYPE x [<!ENTITY e SYSTEM \"file://{secret}\">]>", "&e;");

        Assert.DoesNotContain("Geheimnis", TextOrReason(file, format), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_billion_laughs_are_refused(string format, string part)
    {
        var laughs = new StringBuilder("<!DOCTYPE x [<!ENTITY a0 \"ha\">");
        for (var i = 1; i < 31; i++)
            laughs.Append(System.Globalization.CultureInfo.InvariantCulture, $"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};\">");
        laughs.Append("]>");

        Assert.Equal("unreadable", TextOrReason(WithText(format, part, laughs.ToString(), "&a30;"), format));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Two_hundred_thousand_nested_elements_end(string format, string part)
    {
        var nested = string.Concat(Enumerable.Repeat("<a>", 200_000));
        var outcome = await Files.ReadElsewhereAsync(WithText(format, part, "", nested), "a." + format, new ReadingOptions { Seconds = 3, MaxExpansionRatio = 10_000 });

        Assert.True(outcome.Reason is "unreadable" or "too-complex" or "too-slow", outcome.Reason);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_part_that_expands_too_far_is_refused(string format, string part)
        => Assert.Equal("expands-too-far", TextOrReason(WithText(format, part, "", new string(' ', 100_000_000)), format));

    private static string TextOrReason(byte[] file, string format)
    {
        try
        {
            return Files.Read(file, "a." + format).Text;
        }
        catch (ReadingException exception)
        {
            return exception.Reason.Code;
        }
    }

    /// <summary>The small file of that format with this part changed: a prolog before its root, a text at the root's beginning.</summary>
    private static byte[] WithText(string format, string part, string prolog, string text)
    {
        using var archive = new ZipArchive(new MemoryStream(SmallFiles.All[format]()), ZipArchiveMode.Read);
        return Archives.Zip(archive.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            var content = reader.ReadToEnd();
            if (entry.FullName == part)
            {
                var declaration = content.StartsWith("<?xml", StringComparison.Ordinal) ? content.IndexOf("?>", StringComparison.Ordinal) + 2 : 0;
                var root = content.IndexOf('>', content.IndexOf('<', declaration)) + 1;
                content = content[..declaration] + prolog + content[declaration..root] + text + content[root..];
            }

            return (entry.FullName, Archives.Text(content));
        }));
    }
}
