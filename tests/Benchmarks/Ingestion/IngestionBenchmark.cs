using System.Diagnostics;
using LLMoin.Benchmarks.Retrieval.Sets;
using LLMoin.Extractive.Sentences;
using LLMoin.Retrieval.Ingestion;
using LLMoin.Retrieval.Reading;
using LLMoin.Retrieval.Reading.Isolation;
using Microsoft.Extensions.Logging.Abstractions;

namespace LLMoin.Benchmarks.Ingestion;

/// <summary>
/// How fast files are read and cut into passages, as the service does it: each in a process of its own, two at once, without text
/// recognition and without the database. But in PDF and PPTX, a page is 1,800 characters of text. CPU time, which hardly depends on
/// what else runs on the machine, stands beside the time that passed.
/// </summary>
internal static class IngestionBenchmark
{
    private const int CharactersPerPage = 1_800;
    private const double Aim = 1_000;
    private const int Cores = 2;

    private static readonly ReadingOptions Options = new() { Tesseract = "no-such-program", Parallel = 2 };

    /// <returns>True when nothing was left unread and the aim was reached.</returns>
    public static async Task<bool> RunAsync()
    {
        using var reading = new ReadingProcess(Microsoft.Extensions.Options.Options.Create(Options), NullLogger<ReadingProcess>.Instance);
        var sentences = Sentences();

        // First, as a process knows only the most that any of its children has had.
        var long500 = await MeasureAsync(reading, [("ortsrecht.pdf", new Paperwork(sentences, 500).Pdf(500))]);
        Console.WriteLine(FormattableString.Invariant($"PDF of 500 pages: {long500.Seconds:0.0} s, {long500.Cpu:0.0} s of CPU time, peak memory of its process {Children.PeakMegabytes:0} MB, {long500.Passages} passages"));
        Console.WriteLine();

        Console.WriteLine("| format | files | MB | pages | seconds | pages/min | CPU seconds | pages/min of 2 free cores |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        var all = Mix(sentences).ToList();
        foreach (var format in all.GroupBy(file => Path.GetExtension(file.Name)))
            Print(format.Key[1..], await MeasureAsync(reading, [.. format]));
        var mixed = await MeasureAsync(reading, [.. all.OrderBy(file => file.Name, StringComparer.Ordinal)]);
        Print("**mixed**", mixed);
        return mixed.Unread == 0 && mixed.PagesPerMinute >= Aim;
    }

    private static IEnumerable<(string Name, byte[] File)> Mix(IReadOnlyList<string> sentences)
    {
        for (var n = 0; n < 8; n++)
        {
            var paper = new Paperwork(sentences, n);
            yield return ($"{n}-ortsrecht.pdf", paper.Pdf(25));
            yield return ($"{n}-anlage.pdf", paper.Pdf(5));
            yield return ($"{n}-anweisung.docx", paper.Word(30));
            yield return ($"{n}-richtlinie.odt", paper.Odt(10));
            yield return ($"{n}-gebuehren.xlsx", paper.Sheet(400));
            yield return ($"{n}-schulung.pptx", paper.Slides(15));
            yield return ($"{n}-merkblatt.html", paper.Html(5));
            yield return ($"{n}-vorgang.eml", paper.Mail(4));
        }
    }

    private static async Task<Figures> MeasureAsync(ReadingProcess reading, IReadOnlyList<(string Name, byte[] File)> files)
    {
        var cpu = CpuSeconds();
        var started = Stopwatch.GetTimestamp();
        var read = await Task.WhenAll(files.Select(async file =>
        {
            var outcome = await reading.ReadAsync(file.File, file.Name, null, CancellationToken.None);
            var document = outcome.Document ?? throw new InvalidDataException($"{file.Name}: {outcome.Reason}");
            var pages = Path.GetExtension(file.Name) is ".pdf" or ".pptx" ? document.Pages!.Value : (double)document.Text.Length / CharactersPerPage;
            return (document, Pages: pages, Passages: Chunker.Split(document.Text, document.PageAt).Count);
        }));
        return new Figures(
            files.Count, files.Sum(file => file.File.Length) / 1e6, Stopwatch.GetElapsedTime(started).TotalSeconds, CpuSeconds() - cpu,
            read.Sum(file => file.Pages), read.Sum(file => file.Passages), read.Sum(file => file.document.Unread.Count));
    }

    private static List<string> Sentences()
        => [.. GermanSet.Texts().SelectMany(text => SentenceSplitter.Split(text).Where(sentence => sentence.Kind == SentenceKind.Prose)
            .Select(sentence => text.Substring(sentence.Start, sentence.Length).ReplaceLineEndings(" "))).Where(sentence => sentence.Length is > 40 and < 300)];

    private static double CpuSeconds() => Children.CpuSeconds + Environment.CpuUsage.TotalTime.TotalSeconds;

    private static void Print(string name, Figures figures) => Console.WriteLine(FormattableString.Invariant(
        $"| {name} | {figures.Files} | {figures.Megabytes:0.0} | {figures.Pages:0} | {figures.Seconds:0.0} | {figures.PagesPerMinute:0} | {figures.Cpu:0.0} | {figures.PagesPerMinuteOfFreeCores:0} |"));

    private sealed record Figures(int Files, double Megabytes, double Seconds, double Cpu, double Pages, int Passages, int Unread)
    {
        public double PagesPerMinute => Pages / Seconds * 60;

        public double PagesPerMinuteOfFreeCores => Pages / Cpu * 60 * Cores;
    }
}
