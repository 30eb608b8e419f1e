using LLMoin.Retrieval.Reading;
using LLMoin.TestDocuments;

namespace LLMoin.UnitTests.Retrieval.Reading;

public sealed class ZipReaderTests
{
    [Fact]
    public void Each_file_stands_below_a_heading_with_its_name_and_what_is_not_read_is_told()
    {
        var document = Files.Read(Archives.Zip(
            ("Satzungen/hundesteuer.md", Archives.Text("# Hundesteuersatzung\n\nDie Steuer beträgt 90 Euro.")),
            ("Satzungen/", []),
            ("__MACOSX/._hundesteuer.md", [1, 2, 3]),
            ("wappen.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]),
            ("innen.zip", Archives.Zip(("hinweis.txt", Archives.Text("Der Antrag ist formlos."))))), "anlagen.zip");

        Assert.Equal(["# hundesteuer.md", "Hundesteuersatzung", "# innen.zip", "## hinweis.txt"], document.Texts(BlockKind.Heading));
        Assert.Contains("Der Antrag ist formlos.", document.Text, StringComparison.Ordinal);
        Assert.Equal([new UnreadPart(null, null, "wappen.png", "unsupported")], document.Unread);
        Assert.Null(document.Pages);
    }

    [Theory]
    [InlineData("../../../etc/cron.d/x.txt", "# x.txt")]
    [InlineData("..\\..\\windows\\x.txt", "# x.txt")]
    [InlineData("/etc/passwd.txt", "# passwd.txt")]
    [InlineData("C:\\x\0.txt", "# x.txt")]
    public void A_name_that_leads_elsewhere_is_a_heading_and_nothing_else(string name, string heading)
    {
        var document = Files.Read(Archives.Zip((name, Archives.Text("Inhalt."))), "a.zip");

        Assert.Equal([heading], document.Texts(BlockKind.Heading));
    }

    [Fact]
    public void An_archive_is_opened_to_the_allowed_depth_only()
    {
        var file = Archives.Text("Ganz innen.");
        for (var depth = 0; depth < 5; depth++)
            file = Archives.Zip(($"{depth}.{(depth == 0 ? "txt" : "zip")}", file));

        var document = Files.Read(file, "a.zip");

        Assert.DoesNotContain("Ganz innen", document.Text, StringComparison.Ordinal);
        Assert.Equal("too-deep", Assert.Single(document.Unread).Reason);
        Assert.Contains("Ganz innen", Files.Read(file, "a.zip", Files.Options with { MaxDepth = 5 }).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_with_too_many_files_is_refused()
    {
        var file = Archives.Zip([.. Enumerable.Range(0, 50).Select(n => ($"{n}.txt", Archives.Text($"Datei {n}.")))]);

        Assert.Equal(ReadingReason.TooManyFiles, Files.Refusal(file, "a.zip", Files.Options with { MaxEntries = 49 }));
        Assert.Equal(50, Files.Read(file, "a.zip", Files.Options with { MaxEntries = 50 }).Texts(BlockKind.Heading).Count);
    }

    [Fact]
    public void A_damaged_entry_is_told_and_the_others_are_read()
    {
        var file = Archives.Zip(("kaputt.txt", Archives.Text(string.Concat(Enumerable.Range(0, 500).Select(n => $"Zeile {n}. ")))), ("ganz.txt", Archives.Text("Der Rest ist lesbar.")));
        // Into the first entry's compressed bytes, behind its header.
        Array.Fill(file, (byte)0xFF, 60, 40);

        var document = Files.Read(file, "a.zip");

        Assert.Contains("Der Rest ist lesbar.", document.Text, StringComparison.Ordinal);
        Assert.Equal(("kaputt.txt", "unreadable"), (document.Unread.Single().Name, document.Unread.Single().Reason));
    }

    [Fact]
    public void An_encrypted_entry_is_told()
    {
        var file = Archives.Zip(("geheim.txt", Archives.Text("Streng vertraulich.")), ("offen.txt", Archives.Text("Für alle.")));
        // General purpose flag, bit 0, in the local header and in the directory (APPNOTE 4.4.4).
        file[6] |= 1;
        var directory = file.AsSpan().IndexOf("PK\x01\x02"u8);
        file[directory + 8] |= 1;

        var document = Files.Read(file, "a.zip");

        Assert.Equal([new UnreadPart(null, null, "geheim.txt", "encrypted")], document.Unread);
        Assert.Contains("Für alle.", document.Text, StringComparison.Ordinal);
    }
}
