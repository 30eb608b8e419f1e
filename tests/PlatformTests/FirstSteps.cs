using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using LLMoin.TestDocuments;

namespace LLMoin.PlatformTests;

/// <summary>The way that a member of staff goes first: upload a document, ask about it, read the answer again, see the usage.</summary>
public sealed class FirstSteps(Platform platform)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_uploaded_document_answers_a_question_with_the_right_sentence_and_its_place()
    {
        using var anna = await platform.Run.SignInAsync("anna@hamburg.example");
        var document = await UploadAsync(anna, "dienstanweisung-homeoffice.md");

        using var response = await AskAsync(anna, "Bis wann muss ich den Homeoffice-Antrag stellen?");
        var answer = await StreamedAnswer.ReadAsync(response, Now);

        Assert.Contains("spätestens vier Wochen vor", answer.Text);
        Assert.Equal("extractive", answer.Model);
        var citation = answer.Extension.GetProperty("citations").EnumerateArray().First();
        Assert.Equal(document, citation.GetProperty("document_id").GetGuid());
        Assert.Contains("Antrag", citation.GetProperty("heading_path").GetString());
        var passage = await anna.GetStringAsync(
            $"/api/retrieval/documents/{document}/content?start={citation.GetProperty("start").GetInt32()}&end={citation.GetProperty("end").GetInt32()}", Now);
        Assert.Contains("spätestens vier Wochen vor", passage);

        var messages = await anna.GetFromJsonAsync<JsonElement>($"/api/chat/conversations/{answer.ConversationId}/messages", Now);
        Assert.Equal(answer.Text, messages.GetProperty("items")[1].GetProperty("content").GetString());
        Assert.Equal(1, await BilledTimesAsync(anna, answer.AnswerId));
    }

    [Fact]
    public async Task An_answer_from_a_PDF_cites_the_page()
    {
        using var anna = await platform.Run.SignInAsync("anna@hamburg.example");
        var file = new PdfFile("Marktordnung Rotklee").Page().Line("§ 1 Geltung", 70, PdfFile.Top, bold: true).Lines(70, 740, "Diese Ordnung gilt für den Kunsthandwerkermarkt Rotklee.")
            .Page().Line("§ 2 Standgebühr", 70, PdfFile.Top, bold: true).Lines(70, 740, "Die Standgebühr auf dem Kunsthandwerkermarkt Rotklee beträgt 17 Euro.").Build();
        var document = await UploadAsync(anna, "marktordnung.pdf", "application/pdf", file);

        using var response = await AskAsync(anna, "Wie hoch ist die Standgebühr auf dem Kunsthandwerkermarkt Rotklee?");
        var answer = await StreamedAnswer.ReadAsync(response, Now);

        Assert.Contains("17 Euro", answer.Text);
        var citation = answer.Extension.GetProperty("citations").EnumerateArray().First();
        Assert.Equal((document, 2), (citation.GetProperty("document_id").GetGuid(), citation.GetProperty("page").GetInt32()));
        var messages = await anna.GetFromJsonAsync<JsonElement>($"/api/chat/conversations/{answer.ConversationId}/messages", Now);
        Assert.Equal(2, messages.GetProperty("items")[1].GetProperty("citations")[0].GetProperty("page").GetInt32());
    }

    [Fact]
    public async Task What_one_person_uploads_answers_nobody_else()
    {
        using var anna = await platform.Run.SignInAsync("anna@hamburg.example");
        var document = await UploadAsync(anna, "reisekostenrichtlinie.md");

        foreach (var name in new[] { "ben@hamburg.example", "clara@bremen.example" })
        {
            using var other = await platform.Run.SignInAsync(name);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/api/retrieval/documents/{document}", Now)).StatusCode);
            using var response = await AskAsync(other, "Wie hoch ist die Wegstreckenentschädigung?");
            var answer = await StreamedAnswer.ReadAsync(response, Now);
            Assert.Empty(answer.Extension.GetProperty("citations").EnumerateArray());
        }
    }

    [Fact]
    public async Task A_text_in_the_message_is_summarised_by_sentences_of_its_own()
    {
        using var anna = await platform.Run.SignInAsync("anna@hamburg.example");
        var text = await File.ReadAllTextAsync(Sample("notfallplan-hitze.md"), Now);

        using var response = await AskAsync(anna, "Fasse den folgenden Text in drei Sätzen zusammen:\n\n" + text);
        var answer = await StreamedAnswer.ReadAsync(response, Now);

        Assert.Contains("Sprachmodell", answer.Text);
        Assert.True(answer.Text.Length < text.Length / 2, "the summary is no shorter than the text");
    }

    [Fact]
    public async Task Every_part_of_the_platform_has_its_place_in_the_api_description()
    {
        using var client = platform.Run.Anonymous();

        var document = default(JsonElement);
        await Platform.UntilAsync(async () =>
        {
            document = await client.GetFromJsonAsync<JsonElement>("/openapi.json", Now);
            return !document.GetProperty("info").GetProperty("description").GetString()!.Contains("**Incomplete:**", StringComparison.Ordinal);
        }, "every service has described itself");

        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        foreach (var expected in new[] { "/v1/chat/completions", "/v1/models", "/api/chat/conversations", "/api/retrieval/documents", "/api/billing/usage", "/api/prompts/templates", "/api/identity/me" })
            Assert.Contains(expected, paths);
    }

    internal static async Task<Guid> UploadAsync(HttpClient client, string sample)
        => await UploadAsync(client, sample, sample.EndsWith(".md", StringComparison.Ordinal) ? "text/markdown" : "text/plain", await File.ReadAllBytesAsync(Sample(sample), Now));

    private static async Task<Guid> UploadAsync(HttpClient client, string name, string mediaType, byte[] content)
    {
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var form = new MultipartFormDataContent { { file, "file", name } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/retrieval/documents") { Content = form, Headers = { { "Prefer", "wait=20" } } };
        using var response = await client.SendAsync(request, Now);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(Now);
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        var id = body.GetProperty("id").GetGuid();
        // A busy machine may take longer to read it than a request waits.
        await Platform.UntilAsync(async () =>
        {
            body = await client.GetFromJsonAsync<JsonElement>($"/api/retrieval/documents/{id}", Now);
            return body.GetProperty("status").GetString() != "processing";
        }, $"{name} is read");
        Assert.Equal("ready", body.GetProperty("status").GetString());
        return id;
    }

    internal static Task<HttpResponseMessage> AskAsync(HttpClient client, string question, string model = "extractive")
        => client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model, stream = true, messages = new[] { new { role = "user", content = question } } }),
        }, HttpCompletionOption.ResponseHeadersRead, Now);

    /// <summary>How often the answer stands in the person's usage, once it does.</summary>
    internal static async Task<int> BilledTimesAsync(HttpClient client, Guid answerId)
    {
        await Platform.UntilAsync(async () => await CountAsync() > 0, "the usage is there");
        await Task.Delay(500, Now);
        return await CountAsync();

        async Task<int> CountAsync() => (await client.GetFromJsonAsync<JsonElement>("/api/billing/usage?limit=200", Now))
            .GetProperty("items").EnumerateArray().Count(entry => entry.GetProperty("usageId").GetGuid() == answerId);
    }

    private static string Sample(string name) => Path.Combine(AppContext.BaseDirectory, "samples", name);
}
