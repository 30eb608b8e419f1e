using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using LLMoin.Contracts.Chat;
using LLMoin.ServiceBed;

namespace LLMoin.ServiceTests.Chat;

public sealed class EmbeddingsAndRanking(ChatBed bed) : IClassFixture<ChatBed>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_vector_is_the_same_as_numbers_and_as_base64()
    {
        await using var worker = await bed.StartWorkerAsync();
        using var anna = bed.Chat.ClientFor("hamburg", "anna");

        var floats = await EmbedAsync(anna, new { model = "replay-embedding", input = "eins zwei", dimensions = 64 });
        var base64 = await EmbedAsync(anna, new { model = "replay-embedding", input = new[] { "eins zwei" }, encoding_format = "base64" });

        var bytes = base64.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();
        Assert.Equal(
            floats.GetProperty("data")[0].GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()), MemoryMarshal.Cast<byte, float>(bytes).ToArray());
        Assert.Equal(2, floats.GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Theory]
    [InlineData("""{"model":"replay-embedding","input":[1,2]}""", "input")]
    [InlineData("""{"model":"replay-embedding","input":[[1,2]]}""", "input")]
    [InlineData("""{"model":"replay-embedding","input":["x",""]}""", "input")]
    [InlineData("""{"model":"replay-embedding","input":"x","dimensions":32}""", "dimensions")]
    [InlineData("""{"model":"replay-embedding","input":"x","encoding_format":"int8"}""", "encoding_format")]
    [InlineData("""{"model":"replay-rerank","input":"x"}""", "model")]
    public async Task What_is_wrong_with_an_input_is_named(string body, string field)
    {
        await using var worker = await bed.StartWorkerAsync();
        using var anna = bed.Chat.ClientFor("hamburg", "anna");

        using var response = await anna.PostAsync("/v1/embeddings", new StringContent(body, null, "application/json"), Now);

        Assert.Equal(field, (await response.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("error").GetProperty("param").GetString());
    }

    [Fact]
    public async Task A_worker_embeds_several_requests_at_once()
    {
        await using var worker = await bed.StartWorkerAsync();
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => EmbedAsync(anna, new { model = "replay-embedding", input = "wait-ms=6000" })));

        // Two and two it would be twelve.
        Assert.InRange(watch.Elapsed.TotalSeconds, 6, 11.9);
    }

    [Fact]
    public async Task Documents_come_back_best_first_and_are_billed_once()
    {
        await using var worker = await bed.StartWorkerAsync();
        var tenant = "t" + Guid.NewGuid().ToString("n")[..12];
        using var anna = bed.Chat.ClientFor(tenant, "anna");

        using var response = await anna.PostAsJsonAsync("/v1/rerank", new
        {
            model = "replay-rerank",
            query = "frist für widerspruch",
            documents = new object[] { "gebühren", new { text = "die frist für den widerspruch" }, "die frist" },
            top_n = 2,
            return_documents = true,
        }, Now);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Now);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([(1, 3f), (2, 1f)], answer.GetProperty("results").EnumerateArray()
            .Select(result => (result.GetProperty("index").GetInt32(), result.GetProperty("relevance_score").GetSingle())));
        Assert.Equal("die frist", answer.GetProperty("results")[1].GetProperty("document").GetProperty("text").GetString());
        await ReadUntil.TrueAsync(() => Task.FromResult(bed.UsageSoFar.Any(usage => usage.Tenant == tenant)), "usage is recorded");
        await Task.Delay(300, Now);
        var usage = Assert.Single(bed.UsageSoFar, usage => usage.Tenant == tenant);
        // The query's three words with each of three documents, and theirs.
        Assert.Equal((UsageKind.Rerank, 9 + 8, answer.GetProperty("usage").GetProperty("total_tokens").GetInt32()), (usage.Kind, usage.PromptTokens, usage.PromptTokens));
    }

    [Theory]
    [InlineData("""{"model":"replay-rerank","query":"x","documents":[]}""", "documents")]
    [InlineData("""{"model":"replay-rerank","query":"x","documents":["a",{"title":"b"}]}""", "documents[1]")]
    [InlineData("""{"model":"replay-rerank","query":"","documents":["a"]}""", "query")]
    [InlineData("""{"model":"replay-rerank","query":"x","documents":["a"],"top_n":0}""", "top_n")]
    [InlineData("""{"model":"replay-embedding","query":"x","documents":["a"]}""", "model")]
    public async Task What_is_wrong_with_a_ranking_is_named(string body, string field)
    {
        await using var worker = await bed.StartWorkerAsync();
        using var anna = bed.Chat.ClientFor("hamburg", "anna");

        using var response = await anna.PostAsync("/v1/rerank", new StringContent(body, null, "application/json"), Now);

        Assert.Equal(field, (await response.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("error").GetProperty("param").GetString());
    }

    [Fact]
    public async Task The_api_description_says_who_may_rank_and_names_fields_as_they_are_sent()
    {
        using var anyone = bed.Chat.Anonymous();

        var description = await anyone.GetFromJsonAsync<JsonElement>("/openapi.json", Now);
        var rank = description.GetProperty("paths").GetProperty("/v1/rerank").GetProperty("post");
        var complete = description.GetProperty("paths").GetProperty("/v1/chat/completions").GetProperty("post");

        Assert.Contains("every signed-in user", rank.GetProperty("description").GetString());
        Assert.Contains("top_n", Fields(rank));
        Assert.Contains("max_completion_tokens", Fields(complete));
        Assert.Contains("parent_message_id", Fields(complete));
        Assert.Contains("assistant_id", Fields(complete));

        IEnumerable<string> Fields(JsonElement operation)
        {
            var schema = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
            var name = schema.GetProperty("$ref").GetString()!.Split('/')[^1];
            return description.GetProperty("components").GetProperty("schemas").GetProperty(name).GetProperty("properties").EnumerateObject().Select(property => property.Name);
        }
    }

    private static async Task<JsonElement> EmbedAsync(HttpClient client, object body)
    {
        using var response = await client.PostAsJsonAsync("/v1/embeddings", body, Now);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Now);
    }
}
