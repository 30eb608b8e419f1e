using System.Net;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;

namespace LLMoin.ServiceTests.Chat.Functions;

/// <summary>Research over several documents, on the engine that needs no weights.</summary>
public sealed class ResearchRuns(FunctionsBed bed) : IClassFixture<FunctionsBed>
{
    [Fact]
    public async Task Each_part_of_a_question_is_answered_with_its_source_and_what_is_not_there_is_said()
    {
        var market = await bed.UploadAsync("Der Wochenmarkt am Rathausplatz beginnt um sieben Uhr. Die Standgebühr beträgt 12,50 Euro je Tag."u8.ToArray(), "marktordnung.md");
        var foreign = await bed.UploadAsync("Der Wochenmarkt am Hafen beginnt um neun Uhr."u8.ToArray(), "hafen.md", "berta");
        using var client = bed.Client();
        var id = await FunctionsBed.OrderAsync(client, "research", new
        {
            model = "extractive",
            question = "Wann beginnt der Wochenmarkt? Wie hoch ist die Standgebühr? Wer bewacht das Schwimmbad?",
            documentIds = new[] { market, foreign },
        });
        var run = await FunctionsBed.EndAsync(client, id);
        var (text, facts) = ((string)run["text"]!, run["result"]!);
        Assert.Contains("sieben Uhr", text, StringComparison.Ordinal);
        Assert.Contains("12,50 Euro", text, StringComparison.Ordinal);
        Assert.DoesNotContain("neun Uhr", text, StringComparison.Ordinal);
        Assert.All(facts["citations"]!.AsArray(), citation => Assert.Equal(market, (Guid)citation!["documentId"]!));
        Assert.Equal(facts["citations"]!.AsArray().Count, facts["quotes"]!.AsArray().Count);
        Assert.Equal("[\"Wer bewacht das Schwimmbad?\"]", facts["notFound"]!.ToJsonString());
        Assert.Equal("medium", (string?)facts["confidence"]);
    }

    [Fact]
    public async Task A_question_that_no_source_answers_gets_no_answer()
    {
        using var client = bed.Client("niemand");
        var run = await FunctionsBed.EndAsync(client, await FunctionsBed.OrderAsync(client, "research", new { model = "extractive", question = "Wann beginnt der Wochenmarkt?", language = "en" }));
        Assert.Equal(("Nothing about this was found in the chosen sources.", "low"), ((string?)run["text"], (string?)run["result"]!["confidence"]));
        Assert.Equal(0, (int)run["promptTokens"]!);
    }

    [Theory]
    [InlineData("""{ "model": "extractive", "question": " " }""", "question")]
    [InlineData("""{ "model": "extractive", "question": "Was?", "language": "fr" }""", "language")]
    public async Task A_wrong_order_is_refused_with_its_field(string order, string field)
    {
        using var client = bed.Client();
        await client.PostAsync("/api/chat/runs/research", JsonNode.Parse(order)!).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", field);
    }
}
