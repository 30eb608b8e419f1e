using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;
using LLMoin.TestModels;

namespace LLMoin.ServiceTests.Chat.Functions;

/// <summary>Drafts and translations: what works without a language model, and that all functions run to their end on one, whatever it says.</summary>
public sealed class DraftRules(FunctionsBed bed) : IClassFixture<FunctionsBed>
{
    private static readonly object Letter = new
    {
        kind = "letter",
        keywords = "Straßenfest am 12. Juli 2026, Sperrung der Lindenallee",
        mustHave = new[] { "Sperrung der Lindenallee" },
        subject = "Straßenfest in der Lindenallee",
        recipient = new[] { "Erika Beispiel", "Lindenallee 7", "20095 Hamburg" },
        date = "2026-06-01",
    };

    [Fact]
    public async Task Without_a_language_model_a_draft_is_its_form_with_the_keywords_and_says_so()
    {
        using var client = bed.Client();
        var id = await FunctionsBed.OrderAsync(client, "draft", With(Letter, "extractive"));
        var run = await FunctionsBed.EndAsync(client, id);
        var (text, facts) = ((string)run["text"]!, run["result"]!);
        Assert.Contains("Straßenfest am 12. Juli 2026, Sperrung der Lindenallee", text, StringComparison.Ordinal);
        Assert.True((bool)facts["isSkeleton"]!);
        Assert.Equal(("1. Juni 2026", "Sehr geehrte Damen und Herren,", "[Name und Funktion]"), ((string?)facts["letter"]!["date"], (string?)facts["letter"]!["salutation"], (string?)facts["letter"]!["sender"]![0]));
        Assert.Equal(("[]", "[]"), (facts["invented"]!.ToJsonString(), facts["missing"]!.ToJsonString()));
        Assert.NotEmpty(facts["placeholders"]!.AsArray());
        Assert.Equal(0, (int)run["completionTokens"]!);

        await client.PostAsync("/api/chat/runs/translate", JsonNode.Parse("""{ "model": "extractive", "target": "en", "text": "Guten Tag." }""")!).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "model");
    }

    [Fact]
    public async Task A_draft_is_a_draft_on_paper_too_until_a_person_has_confirmed_it()
    {
        using var client = bed.Client();
        var id = await FunctionsBed.OrderAsync(client, "draft", With(Letter, "extractive"));
        var version = (int)(await FunctionsBed.EndAsync(client, id))["version"]!;
        await client.GetAsync($"/api/chat/runs/{id}/export?format=docx&official=true").ProblemAsync(HttpStatusCode.Conflict, "conflict", "official");
        var draft = await TextAsync($"/api/chat/runs/{id}/export?format=docx");
        Assert.Contains("Entwurf", draft, StringComparison.Ordinal);
        Assert.Contains("KI-generiert", draft, StringComparison.Ordinal);
        Assert.Contains("Erika Beispiel", draft, StringComparison.Ordinal);

        using var confirmation = new HttpRequestMessage(HttpMethod.Post, $"/api/chat/runs/{id}/confirmation") { Headers = { IfMatch = { new System.Net.Http.Headers.EntityTagHeaderValue($"\"{version}\"") } } };
        Assert.NotNull((await client.SendAsync(confirmation).OkAsync())["confirmedAt"]);
        var official = await TextAsync($"/api/chat/runs/{id}/export?format=docx&official=true");
        Assert.DoesNotContain("Entwurf", official, StringComparison.Ordinal);
        Assert.Contains("KI-generiert", official, StringComparison.Ordinal);
        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(await client.GetByteArrayAsync($"/api/chat/runs/{id}/export?official=true")), StringComparison.Ordinal);
        using var other = bed.Client("berta");
        await other.GetAsync($"/api/chat/runs/{id}/export").ProblemAsync(HttpStatusCode.NotFound, "not-found");

        async Task<string> TextAsync(string path)
        {
            using var file = new ZipArchive(new MemoryStream(await client.GetByteArrayAsync(path)));
            return string.Concat(file.Entries.Where(entry => entry.FullName.StartsWith("word/", StringComparison.Ordinal) && entry.FullName.EndsWith(".xml", StringComparison.Ordinal)).Select(entry =>
            {
                using var reader = new StreamReader(entry.Open());
                return reader.ReadToEnd();
            }));
        }
    }

    [Fact]
    public async Task Every_function_comes_to_its_end_on_a_language_model_that_talks_nonsense()
    {
        var file = RandomModel.Tiny.WriteTo(Path.Combine(Path.GetTempPath(), "llmoin-test-models"));
        var model = Path.GetFileNameWithoutExtension(file);
        await using var worker = await bed.StartWorkerAsync(model, ("Inference__Engine", "llama"), ("Inference__Models__0", file), ("Inference__Llama__Threads", "1"),
            ("Inference__Llama__ContextTokens", "8192"), ("Inference__Slots", "4"), ("Inference__ModelsDirectory", Path.GetTempPath()));
        var document = await bed.UploadAsync("Der Wochenmarkt beginnt um sieben Uhr. Die Standgebühr beträgt 12 Euro."u8.ToArray(), "markt.md");
        using var client = bed.Client();
        var draft = await FunctionsBed.OrderAsync(client, "draft", With(Letter, model, ("length", "short")));
        var translation = await FunctionsBed.OrderAsync(client, "translate", new { model, target = "en", documentId = document });
        var summary = await FunctionsBed.OrderAsync(client, "summarise", new { model, documentIds = new[] { document }, length = new { unit = "sentences", value = 2 }, style = "bullets" });
        var research = await FunctionsBed.OrderAsync(client, "research", new { model, question = "Wann beginnt der Wochenmarkt?", documentIds = new[] { document } });

        Assert.False((bool)(await FunctionsBed.EndAsync(client, draft))["result"]!["isSkeleton"]!);
        // Nonsense has none of the figures, and that is noticed.
        var differences = (await FunctionsBed.EndAsync(client, translation))["result"]!["differences"]!.AsArray();
        Assert.NotEmpty(differences);
        Assert.Equal(1, (int)(await FunctionsBed.EndAsync(client, summary))["result"]!["parts"]!);
        Assert.NotEqual("high", (string?)(await FunctionsBed.EndAsync(client, research))["result"]!["confidence"]);
    }

    [Theory]
    [InlineData("draft", """{ "model": "extractive", "kind": "letter", "keywords": "" }""", "keywords")]
    [InlineData("draft", """{ "model": "extractive", "kind": "roman", "keywords": "a" }""", null)]
    [InlineData("draft", """{ "model": "extractive", "kind": "letter", "keywords": "a", "recipient": ["1","2","3","4","5","6","7"] }""", "recipient")]
    [InlineData("translate", """{ "model": "replay", "target": "xx", "text": "a" }""", "target")]
    [InlineData("translate", """{ "model": "replay", "target": "en" }""", "text")]
    public async Task A_wrong_order_is_refused_with_its_field(string function, string order, string? field)
    {
        using var client = bed.Client();
        await client.PostAsync("/api/chat/runs/" + function, JsonNode.Parse(order)!).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", field);
    }

    private static JsonNode With(object order, string model, params (string Name, string Value)[] more)
    {
        var node = System.Text.Json.JsonSerializer.SerializeToNode(order)!;
        node["model"] = model;
        foreach (var (name, value) in more)
            node[name] = value;
        return node;
    }
}
