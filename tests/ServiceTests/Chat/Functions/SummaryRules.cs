using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceBed;
using LLMoin.TestDocuments;

namespace LLMoin.ServiceTests.Chat.Functions;

/// <summary>Summaries of whole documents, on the engine that needs no weights.</summary>
public sealed partial class SummaryRules(FunctionsBed bed) : IClassFixture<FunctionsBed>
{
    private const int Pages = 500;
    private const int Scanned = 250;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    [Fact]
    public async Task Five_hundred_pages_are_summarised_whole_over_the_death_of_the_process_and_the_report_names_every_page()
    {
        var document = await bed.UploadAsync(Report(), "bericht.pdf");
        using var client = bed.Client();
        var id = await FunctionsBed.OrderAsync(client, "summarise", new { model = "extractive", documentIds = new[] { document }, length = new { unit = "pages", value = 1 } });
        await ReadUntil.TrueAsync(async () => (int?)(await FunctionsBed.RunAsync(client, id))["part"] >= 3, "three parts are done");
        await bed.Chat.KillAsync();
        await bed.Chat.RestartAsync();

        var run = await FunctionsBed.EndAsync(client, id);
        var coverage = run["result"]!["coverage"]![0]!;
        Assert.Equal((Pages, $"[[1,{Scanned - 1}],[{Scanned + 1},{Pages}]]", "[]"), ((int)coverage["pages"]!, coverage["read"]!.ToJsonString(), coverage["empty"]!.ToJsonString()));
        // With tesseract installed it is unrecognised, without it a scan.
        Assert.Equal(Scanned, (int)Assert.Single(coverage["unread"]!.AsArray())!["page"]!);
        Assert.False(string.IsNullOrEmpty((string?)coverage["unread"]![0]!["reasonTextDe"]));

        var statements = ((string)run["text"]!).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(statements.Length, 10, 60);
        Assert.All(statements, statement => Assert.Matches(Cited(), statement));
        Assert.Empty(run["result"]!["doubts"]!.AsArray());
        var pages = run["result"]!["citations"]!.AsArray().Select(citation => (int)citation!["page"]!).ToList();
        Assert.Equal(pages.Order(), pages);
        Assert.Equal(pages.Distinct(), coverage["cited"]!.AsArray().Select(page => (int)page!));
        // Each fact that made its way says the page on which it was planted.
        Assert.All(statements.Select(statement => Planted().Match(statement)).Where(match => match.Success), match =>
            Assert.Equal(int.Parse(match.Groups[1].Value, Culture), pages[int.Parse(match.Groups[2].Value, Culture) - 1]));
        Assert.Contains(statements, statement => Planted().IsMatch(statement));

        // Paid once: what the run says it used is what was recorded, each step under one id. A process that dies while it publishes leaves a record
        // that is published again; billing counts ids.
        await ReadUntil.TrueAsync(
            () => Task.FromResult(Recorded().DistinctBy(usage => usage.UsageId).Sum(usage => usage.PromptTokens) == (int)run["promptTokens"]!), "all usage is recorded");
        Assert.InRange(PeakMegabytes(bed.Chat.ProcessId), 1, 700);

        List<Contracts.Chat.UsageRecorded> Recorded() => [.. bed.Ear.UsageSoFar.Where(usage => usage.Tenant == bed.Tenant && usage.Purpose == "summarise" && usage.UserId == "anna")];
    }

    [Fact]
    public async Task A_stopped_summary_ends_at_once_and_a_deleted_one_leaves_nothing()
    {
        await using var worker = await bed.StartWorkerAsync("replay", ("Inference__Engine", "replay"));
        using var client = bed.Client("emil");
        var text = string.Join("\n\n", Enumerable.Range(1, 300).Select(number => $"Der Ausschuss hat in seiner Sitzung Nummer {number} über das Vorhaben {number * 7} beraten und es vertagt."));
        var (stopped, deleted) = (await OrderAsync(), await OrderAsync());
        await ReadUntil.TrueAsync(async () => (string?)(await FunctionsBed.RunAsync(client, stopped))["phase"] == "summarising", "it has begun");
        Assert.Equal(HttpStatusCode.Accepted, (await client.PostAsync($"/api/chat/runs/{stopped}/stop", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/chat/runs/{deleted}")).StatusCode);

        await FunctionsBed.EndAsync(client, stopped, "stopped");
        await client.GetAsync($"/api/chat/runs/{deleted}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Equal([stopped], (await client.GetAsync("/api/chat/runs").OkAsync())["items"]!.AsArray().Select(run => (Guid)run!["id"]!));

        // No part of it is ever answered.
        Task<Guid> OrderAsync() => FunctionsBed.OrderAsync(client, "summarise", new { model = "replay", text, focus = "wait-ms=600000 tokens=5", length = new { unit = "percent", value = 20 } });
    }

    [Fact]
    public async Task Progress_and_text_come_as_events_and_others_see_nothing()
    {
        using var client = bed.Client("cora");
        var id = await FunctionsBed.OrderAsync(client, "summarise", new { model = "extractive", text = "Der Rat hat den Haushalt am 3. März 2026 beschlossen. Er umfasst 120 Millionen Euro für das laufende Jahr. Die Grundsteuer bleibt im nächsten Jahr unverändert. Das Hallenbad wird ab dem Sommer saniert.", length = new { unit = "sentences", value = 2 } });
        using var other = bed.Client("dora");
        foreach (var call in new[] { other.GetAsync($"/api/chat/runs/{id}"), other.GetAsync($"/api/chat/runs/{id}/events"), other.PostAsync($"/api/chat/runs/{id}/stop", null), other.DeleteAsync($"/api/chat/runs/{id}") })
            await call.ProblemAsync(HttpStatusCode.NotFound, "not-found");

        // The stream ends by itself.
        var events = (await client.GetStringAsync($"/api/chat/runs/{id}/events")).Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line[6..])!).ToList();
        Assert.Equal("completed", (string?)events[^1]["status"]);
        var text = events.Aggregate("", (sofar, news) => (bool)news["appends"]! ? sofar + (string?)news["text"] : (string)news["text"]!);
        Assert.Contains("120 Millionen Euro", text, StringComparison.Ordinal);

        var run = await FunctionsBed.RunAsync(client, id);
        Assert.Equal(text, (string?)run["text"]);
        // However many steps it took, it is one use, and its owner waited once.
        var use = Assert.Single(await bed.Ear.UsageOfAsync(id));
        Assert.Equal(("summarise", "cora", 0), (use.Purpose, use.UserId, use.PromptTokens));
        Assert.Equal(use, Assert.Single(bed.Ear.UsageSoFar, usage => usage.UserId == "cora" && usage.DurationMs is not null));
        Assert.Equal(2, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var stale = (int)run["version"]! - 1;
        await Edit(stale).ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
        Assert.Equal("Mein Text.", (string?)(await Edit(stale + 1).OkAsync())["text"]);

        Task<HttpResponseMessage> Edit(int version) => client.SendAsync(new HttpRequestMessage(HttpMethod.Put, $"/api/chat/runs/{id}/text")
        {
            Content = JsonContent.Create(new { text = "Mein Text." }),
            Headers = { IfMatch = { new EntityTagHeaderValue($"\"{version}\"") } },
        });
    }

    [Fact]
    public async Task What_one_may_not_read_is_not_summarised_and_the_right_to_read_opens_nothing_else()
    {
        var document = await bed.UploadAsync("Nur für Anna bestimmt ist dieser Vermerk über das Bauvorhaben."u8.ToArray(), "vermerk.md");
        using var client = bed.Client("berta");
        var id = await FunctionsBed.OrderAsync(client, "summarise", new { model = "extractive", documentIds = new[] { document } });
        var run = await FunctionsBed.EndAsync(client, id, "failed");
        Assert.Equal(("no-such-document", ""), ((string?)run["error"]!["code"], (string?)run["text"]));

        using var reading = bed.Retrieval.Anonymous();
        reading.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bed.Chat.DelegationOf(new Caller(bed.Tenant, "berta", "berta", new HashSet<string> { "user" }, null)));
        await reading.SearchAsync("Bauvorhaben");
        Assert.Equal(HttpStatusCode.Unauthorized, (await reading.UploadAsync("Ein Text.")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await reading.GetAsync(RetrievalClient.Collections)).StatusCode);
        using var chat = bed.Chat.Anonymous();
        chat.DefaultRequestHeaders.Authorization = reading.DefaultRequestHeaders.Authorization;
        Assert.Equal(HttpStatusCode.Unauthorized, (await chat.GetAsync("/api/chat/runs")).StatusCode);
    }

    [Theory]
    [InlineData("""{ "model": "extractive" }""", "documentIds")]
    [InlineData("""{ "model": "gibt-es-nicht", "text": "Ein Text." }""", "model")]
    [InlineData("""{ "model": "extractive", "text": "Ein Text.", "length": { "unit": "percent", "value": 200 } }""", "length")]
    [InlineData("""{ "model": "extractive", "text": "Ein Text.", "language": "fr" }""", "language")]
    [InlineData("""{ "model": "extractive", "text": "Ein Text.", "style": "barock" }""", null)]
    public async Task A_wrong_order_is_refused_with_its_field(string order, string? field)
    {
        using var client = bed.Client();
        await client.PostAsync("/api/chat/runs/summarise", JsonNode.Parse(order)!).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", field);
    }

    /// <summary>On every tenth page a date that stands nowhere else; one page is a scan.</summary>
    private static byte[] Report()
    {
        var (report, random) = (new PdfFile("Rechenschaftsbericht"), new Random(7));
        string[] subjects = ["Der Ausschuss für Umwelt", "Die Verwaltung", "Das Fachamt", "Der Rat", "Die Kämmerei"];
        string[] objects = ["den Bericht zur Straßenreinigung", "die Vorlage zum Schulbau", "den Antrag des Sportvereins", "die Liste der Vergaben", "das Konzept für den Radverkehr"];
        string[] verbs = ["zur Kenntnis genommen", "ohne Änderung beschlossen", "in die nächste Sitzung vertagt", "mit Auflagen versehen", "an den Fachausschuss verwiesen"];
        for (var page = 1; page <= Pages; page++)
        {
            report.Page();
            if (page == Scanned)
            {
                report.Picture(new byte[64 * 64], 64, 64);
                continue;
            }
            List<string> lines = [];
            for (var line = 0; line < 8; line++)
                lines.Add($"{subjects[random.Next(5)]} hat {objects[random.Next(5)]} im Jahr {1990 + random.Next(36)} {verbs[random.Next(5)]}.");
            if (page % 10 == 0)
                lines.Insert(0, $"Das Vorhaben Nummer {page} wird bis zum 13. März 2027 vollständig abgerechnet.");
            report.Lines(70, PdfFile.Top, [.. lines]);
        }
        return report.Build();
    }

    private static long PeakMegabytes(int process)
        => long.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], Culture) / 1024;

    [GeneratedRegex(@" \[\d+\]$")]
    private static partial Regex Cited();

    [GeneratedRegex(@"Vorhaben Nummer (\d+) .*\[(\d+)\]$")]
    private static partial Regex Planted();
}
