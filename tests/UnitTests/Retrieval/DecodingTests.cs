using System.Text;
using LLMoin.Retrieval.Uploads;

namespace LLMoin.UnitTests.Retrieval;

public sealed class DecodingTests
{
    private const string German = "Die Gebühr für „Straßenmusik“ beträgt 10 € – zahlbar ä, ö, ü.";

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("windows-1252", false)]
    public void German_text_is_read_in_the_encodings_offices_save_it_in(string name, bool mark)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(German)];

        Assert.Null(TextDecoding.Decode(bytes, null, out var text));
        Assert.Equal(German, text);
    }

    [Fact]
    public void Line_ends_and_decomposed_umlauts_are_made_uniform()
    {
        Assert.Null(TextDecoding.Decode(Encoding.UTF8.GetBytes("a\r\nGebu\u0308hr\rb"), null, out var text));
        Assert.Equal("a\nGebühr\nb", text);
    }

    [Theory]
    [InlineData(850)]
    [InlineData(852)]
    public void A_code_page_of_the_old_days_is_refused_and_not_garbled(int page)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(page)!.GetBytes("Die Gebühr beträgt für Hunde größer als 40 cm mehr.");
        Assert.Equal("undecodable-text", TextDecoding.Decode(bytes, null, out _)?.Type.Code);
    }

    [Fact]
    public void Broken_UTF_8_is_refused()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("Gebühren für Müll und Abwässer"), 0xC3];
        Assert.Equal("undecodable-text", TextDecoding.Decode(bytes, null, out _)?.Type.Code);
    }

    [Theory]
    [InlineData("PK\u0003\u0004abc")]
    [InlineData("abc\0def")]
    [InlineData("abc\u0007def")]
    public void Binary_content_is_refused(string content)
        => Assert.Equal("not-a-text", TextDecoding.Decode(Encoding.UTF8.GetBytes(content), null, out _)?.Type.Code);

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    [InlineData("\uFEFF")]
    public void An_empty_text_is_refused(string content)
        => Assert.Equal("The text is empty.", TextDecoding.Decode(Encoding.UTF8.GetBytes(content), null, out _)?.Detail);

    [Theory]
    [InlineData("../../etc/passwd.txt", "passwd.txt")]
    [InlineData("C:\\Users\\anna\\brief.md", "brief.md")]
    [InlineData("..", "document.txt")]
    [InlineData("a\r\nb\0.txt", "ab.txt")]
    [InlineData(null, "document.txt")]
    public void File_names_lose_what_could_lead_elsewhere(string? given, string expected) => Assert.Equal(expected, FileName.Clean(given));
}
