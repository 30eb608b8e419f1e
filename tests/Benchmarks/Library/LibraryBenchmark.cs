using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace LLMoin.Benchmarks.Library;

/// <summary>Searching and rendering in a library of 5,000 templates, over HTTP, with readers who ask again as soon as they are answered.</summary>
internal static class LibraryBenchmark
{
    private const int Templates = 5_000;
    private const int Readers = 16;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(20);

    /// <summary>Words of offices; a template's title and text are drawn of them, so that a search for one finds two thirds of all: the worst case.</summary>
    private static readonly string[] Words =
    [
        "Antrag", "Bescheid", "Widerspruch", "Gebühr", "Frist", "Bürgerin", "Satzung", "Ausschuss", "Protokoll", "Vermerk", "Anfrage", "Haushalt", "Vergabe", "Bauantrag",
        "Genehmigung", "Anhörung", "Begründung", "Zuständigkeit", "Datenschutz", "Personal", "Stellenausschreibung", "Pressemitteilung", "Besprechung", "Einladung",
        "Zusammenfassung", "Übersetzung", "Förderung", "Nachweis", "Rechnung", "Mahnung", "Vollstreckung", "Meldewesen", "Standesamt", "Jugendhilfe", "Sozialhilfe",
        "Wohngeld", "Elternbeirat", "Schulweg", "Umwelt", "Abfall", "Wasser", "Verkehr", "Parkraum", "Ordnungsamt", "Gewerbe", "Veranstaltung", "Sondernutzung", "Denkmal",
    ];

    public static async Task RunAsync()
    {
        Console.Error.WriteLine("Starting broker, database and the prompts service ...");
        await using var bed = await PromptsBed.StartAsync();
        Console.Error.WriteLine($"Saving {Templates} templates ...");
        var ids = await SaveAsync(bed);

        Console.WriteLine($"{Environment.ProcessorCount} cores, {DateTime.UtcNow:yyyy-MM-dd}; {ids.Count} templates, {Readers} readers at once, service, database and readers on one machine");
        Console.WriteLine();
        Console.WriteLine("| | requests/s | p50 ms | p99 ms |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        await MeasureAsync("search that finds one", random => bed.SendAsync(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/api/prompts/templates?search=Template%20{random.Next(1000, Templates)}&limit=20")));
        await MeasureAsync("search, two words, by relevance", random => bed.SendAsync(HttpMethod.Get, $"/api/prompts/templates?search={Word(random)}%20{Word(random)}&limit=20"));
        await MeasureAsync("search, one word, by relevance", random => bed.SendAsync(HttpMethod.Get, $"/api/prompts/templates?search={Word(random)}&limit=20"));
        await MeasureAsync("first page of all, by title", _ => bed.SendAsync(HttpMethod.Get, "/api/prompts/templates?limit=20"));
        await MeasureAsync("render", random => bed.SendAsync(HttpMethod.Post, $"/api/prompts/templates/{ids[random.Next(ids.Count)]}/renderings", JsonContent.Create(new
        {
            values = new { name = "Änne Ahlers", datum = "2026-03-01", punkte = new[] { "Eins", "Zwei", "Drei" }, text = string.Join(' ', Enumerable.Repeat(Word(random), 200)) },
        })));
    }

    private static async Task<IReadOnlyList<string>> SaveAsync(PromptsBed bed)
    {
        var ids = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Templates), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) =>
        {
            var random = new Random(n);
            using var response = await bed.SendAsync(HttpMethod.Post, "/api/prompts/templates", JsonContent.Create(new
            {
                name = string.Create(CultureInfo.InvariantCulture, $"vorlage-{n}"),
                title = Sentence(random, 4),
                titleEn = string.Create(CultureInfo.InvariantCulture, $"Template {n}"),
                description = Sentence(random, 15),
                category = Word(random),
                tags = new[] { Word(random), Word(random) },
                scope = "department:bau",
                body = $"{Sentence(random, 60)}\n{{{{ name }}}}, {{{{ datum | datum }}}}\n{{% for punkt in punkte %}}- {{{{ punkt }}}}\n{{% endfor %}}{{% if text %}}{{{{ text }}}}{{% endif %}}",
                variables = new[] { ("name", "text"), ("datum", "date"), ("punkte", "list"), ("text", "long-text") }.Select(variable => new { name = variable.Item1, type = variable.Item2 }),
            }));
            response.EnsureSuccessStatusCode();
            ids.Add((await response.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("id").GetString()!);
        });
        return [.. ids];
    }

    private static async Task MeasureAsync(string what, Func<Random, Task<HttpResponseMessage>> ask)
    {
        Console.Error.WriteLine(what + " ...");
        await ReadAsync(ask, WarmUp);
        var clock = Stopwatch.StartNew();
        var times = await ReadAsync(ask, Measured);
        var seconds = clock.Elapsed.TotalSeconds;
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {times.Length / seconds:0} | {times[times.Length / 2]:0.0} | {times[(int)(times.Length * .99)]:0.0} |"));
    }

    /// <returns>Milliseconds of each request.</returns>
    private static async Task<double[]> ReadAsync(Func<Random, Task<HttpResponseMessage>> ask, TimeSpan duration)
    {
        var until = Stopwatch.StartNew();
        var readers = await Task.WhenAll(Enumerable.Range(0, Readers).Select(reader => Task.Run(async () =>
        {
            var random = new Random(reader);
            var times = new List<double>();
            while (until.Elapsed < duration)
            {
                var asked = Stopwatch.GetTimestamp();
                using var response = await ask(random);
                response.EnsureSuccessStatusCode();
                await response.Content.ReadAsByteArrayAsync();
                times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }

            return times;
        })));
        return [.. readers.SelectMany(times => times)];
    }

    private static string Word(Random random) => Words[random.Next(Words.Length)];

    private static string Sentence(Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Word(random)));
}
