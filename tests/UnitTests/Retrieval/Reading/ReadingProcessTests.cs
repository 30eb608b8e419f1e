using LLMoin.Retrieval.Reading;
using LLMoin.Retrieval.Reading.Isolation;
using LLMoin.TestDocuments;

namespace LLMoin.UnitTests.Retrieval.Reading;

/// <summary>Reading in a process of its own, as the service does it.</summary>
public sealed class ReadingProcessTests
{
    [Fact]
    public async Task A_document_comes_back_as_it_was_read()
    {
        var file = Archives.Zip(("satzung.md", Archives.Text("# Hundesteuer\n\n§ 3 Steuersätze\n\nDie Steuer beträgt „neunzig“ Euro 😀.")), ("bild.gif", Archives.Text("GIF89a")));
        var here = Files.Read(file, "a.zip");

        var outcome = await ReadAsync(file, new ReadingOptions());

        Assert.Null(outcome.Reason);
        Assert.Equal((here.Title, here.Text, here.Pages), (outcome.Document!.Title, outcome.Document.Text, outcome.Document.Pages));
        Assert.Equal(here.Blocks, outcome.Document.Blocks);
        Assert.Equal(here.Unread, outcome.Document.Unread);
    }

    [Fact]
    public async Task It_tells_page_by_page_how_far_it_is_and_which_attachment_it_reads()
    {
        var pdf = new PdfFile().Page().Lines(70, 700, "Erste Seite.").Page().Lines(70, 700, "Zweite Seite.").Build();
        var told = new Told();

        var outcome = await Files.ReadElsewhereAsync(MailFile.Of("Anlagen", "Siehe Anlage.", null, ("Bescheid.pdf", pdf)), "a.eml", new ReadingOptions(), told);

        Assert.NotNull(outcome.Document);
        Assert.Equal([new("Bescheid.pdf", null, null), new("Bescheid.pdf", 1, 2), new("Bescheid.pdf", 2, 2)], told.All);
    }

    [Fact]
    public async Task A_refused_document_comes_back_with_its_reason()
        => Assert.Equal("too-many-files", (await ReadAsync(Archives.Zip(("1.txt", [65]), ("2.txt", [66])), new ReadingOptions { MaxEntries = 1 })).Reason);

    [Fact]
    public async Task What_needs_more_memory_than_allowed_fails_alone()
    {
        var random = new byte[60_000_000];
        new Random(1).NextBytes(random);
        var outcome = await ReadAsync(Archives.Zip(("gross.txt", random)), new ReadingOptions { MemoryMegabytes = 64 });

        Assert.Equal("too-complex", outcome.Reason);
    }

    [Fact]
    public async Task What_takes_too_long_is_ended()
    {
        // Ten thousand small archives of a hundred files, one second: it cannot be done.
        var small = Archives.Zip([.. Enumerable.Range(0, 100).Select(n => ($"{n}.txt", Archives.Text($"Datei {n} mit einem Satz.")))]);
        var file = Archives.Zip([.. Enumerable.Range(0, 10_000).Select(n => ($"{n}.zip", small))]);
        var limits = new ReadingOptions { Seconds = 1, MaxEntries = int.MaxValue, MaxExpandedBytes = long.MaxValue, MaxExpansionRatio = 10_000, MaxCharacters = 50_000_000 };

        Assert.Equal("too-slow", (await ReadAsync(file, limits)).Reason);
    }

    private sealed class Told : IProgress<ReadingProgress>
    {
        public List<ReadingProgress> All { get; } = [];

        public void Report(ReadingProgress value) => All.Add(value);
    }

    private static Task<ReadingOutcome> ReadAsync(byte[] file, ReadingOptions options) => Files.ReadElsewhereAsync(file, "a.zip", options);
}
