using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;
using RabbitMQ.Client;

namespace LLMoin.ServiceTests.Prompts;

public sealed class TemplateTests(Servers servers)
{
    private const string Templates = "/api/prompts/templates";
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task Every_change_is_a_version_and_the_second_of_two_writers_is_told()
    {
        var service = await servers.ServiceAsync("Prompts");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var created = await anna.PostAsync(Templates, Template("gruss", "Hallo {{ name }}!")).OkAsync(HttpStatusCode.Created);
        var path = $"{Templates}/{created["id"]}";
        using (var read = await anna.GetAsync(path))
            Assert.StartsWith("\"1.", read.Headers.ETag?.ToString(), StringComparison.Ordinal);

        await PutAsync(anna, path, Template("gruss", "Moin {{ name }}!"), null).ProblemAsync((HttpStatusCode)428, "version-required", "If-Match");
        var races = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => PutAsync(anna, path, Template("gruss", "Moin " + n + " {{ name }}!"), "\"1\"")));
        Assert.Single(races, response => response.StatusCode == HttpStatusCode.OK);
        Assert.Equal(3, races.Count(response => response.StatusCode == HttpStatusCode.Conflict));
        await PutAsync(anna, path, Template("gruss", "Spät {{ name }}"), "\"1\"").ProblemAsync(HttpStatusCode.Conflict, "stale-version", "If-Match");

        var versions = (await anna.GetAsync(path + "/versions").OkAsync())["versions"]!.AsArray();
        Assert.Equal([2, 1], versions.Select(version => (int)version!["version"]!));
        Assert.Equal("Hallo {{ name }}!", (string?)(await anna.GetAsync(path + "/versions/1").OkAsync())["body"]);
        await PutAsync(anna, path, Template("gruss", "Spät {{ name }}"), "*").ProblemAsync((HttpStatusCode)428, "version-required", "If-Match");
        await anna.PostAsync(Templates, Template("gruss", "x")).ProblemAsync(HttpStatusCode.Conflict, "name-taken", "name");
    }

    [Fact]
    public async Task What_is_private_stays_private()
    {
        var service = await servers.ServiceAsync("Prompts");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        using var editor = service.ClientFor(_tenant, "emil", "user", "prompt-editor", "prompt-approver");
        using var stranger = service.ClientFor(_tenant + "x", "anna", "user", "prompt-editor", "operator");
        var own = (string)(await anna.PostAsync(Templates, Template("eigene", "geheim")).OkAsync(HttpStatusCode.Created))["id"]!;

        Assert.Equal([own], await IdsAsync(anna, "?scope=private"));
        foreach (var other in new[] { editor, stranger })
        {
            var path = $"{Templates}/{own}";
            foreach (var read in new[] { path, path + "/versions", path + "/versions/1", path + "/versions/1/diff/1", path + "/rating" })
                await other.GetAsync(read).ProblemAsync(HttpStatusCode.NotFound, "not-found");
            await PutAsync(other, path, Template("eigene", "neu"), "\"1\"").ProblemAsync(HttpStatusCode.NotFound, "not-found");
            await other.DeleteAsync(path).ProblemAsync(HttpStatusCode.NotFound, "not-found");
            await other.PostAsync(path + "/renderings", new JsonObject()).ProblemAsync(HttpStatusCode.NotFound, "not-found");
            await other.PostAsync(path + "/rollbacks", new JsonObject { ["version"] = 1 }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
            await other.PostAsync(path + "/submissions", new JsonObject { ["scope"] = "tenant" }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
            await other.PutAsync(path + "/rating", JsonContent.Create(new { stars = 5 })).ProblemAsync(HttpStatusCode.NotFound, "not-found");
            await other.PutAsync(path + "/favourite", null).ProblemAsync(HttpStatusCode.NotFound, "not-found");
            Assert.DoesNotContain(own, await IdsAsync(other, "?search=eigene"));
        }
    }

    [Fact]
    public async Task The_platforms_starters_are_there_for_everybody_and_nobody_changes_them()
    {
        var service = await servers.ServiceAsync("Prompts");
        using var anna = service.ClientFor(_tenant, "anna", "user", "prompt-editor", "tenant-admin");
        var starters = await IdsAsync(anna, "?scope=all&limit=200");
        Assert.True(starters.Count >= 80, $"There are {starters.Count}.");
        await anna.DeleteAsync($"{Templates}/{starters[0]}").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await PutAsync(anna, $"{Templates}/{starters[0]}", Template("x", "y"), "\"1\"").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");

        var found = await IdsAsync(anna, "?search=besprechung%20zusammenfassen&scope=all");
        var text = (string?)(await anna.PostAsync($"{Templates}/{found[0]}/renderings", new JsonObject
        {
            ["values"] = new JsonObject { ["notizen"] = "Alles {{ gut }}.", ["datum"] = "2026-03-01", ["teilnehmende"] = new JsonArray("Anna", "Jörg") },
        }).OkAsync())["text"];
        Assert.Contains("vom 1. März 2026", text, StringComparison.Ordinal);
        Assert.Contains("- Jörg\n", text, StringComparison.Ordinal);
        Assert.Contains("Alles {{ gut }}.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Searching_and_paging_see_each_template_once()
    {
        var service = await servers.ServiceAsync("Prompts");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        for (var n = 0; n < 5; n++)
            await anna.PostAsync(Templates, Template($"brief-{n}", "x")).OkAsync(HttpStatusCode.Created);

        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await anna.GetAsync($"{Templates}?search=brief&scope=private&sort=title&limit=2{(after is null ? "" : "&after=" + after)}").OkAsync();
            seen.AddRange(page["items"]!.AsArray().Select(template => (string)template!["name"]!));
            after = (string?)page["next"];
        }
        while (after is not null);

        Assert.Equal(["brief-0", "brief-1", "brief-2", "brief-3", "brief-4"], seen);
        Assert.Empty(await IdsAsync(anna, "?search=100%25&scope=private"));
        await anna.GetAsync($"{Templates}?limit=201").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "limit");
    }

    [Fact]
    public async Task A_withdrawn_template_is_readable_but_no_longer_used()
    {
        var service = await servers.ServiceAsync("Prompts");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var id = (string)(await anna.PostAsync(Templates, Template("alt", "x")).OkAsync(HttpStatusCode.Created))["id"]!;
        Assert.Equal(HttpStatusCode.NoContent, (await anna.DeleteAsync($"{Templates}/{id}")).StatusCode);

        Assert.Empty(await IdsAsync(anna, "?scope=private"));
        Assert.NotNull((await anna.GetAsync($"{Templates}/{id}").OkAsync())["deprecatedAt"]);
        await anna.PostAsync($"{Templates}/{id}/renderings", new JsonObject()).ProblemAsync(HttpStatusCode.Conflict, "template-deprecated");
        await PutAsync(anna, $"{Templates}/{id}", Template("alt", "y"), "\"1\"").ProblemAsync(HttpStatusCode.Conflict, "template-deprecated");
        await anna.PostAsync(Templates, Template("alt", "z")).OkAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Saving_is_announced_once_a_version()
    {
        var service = await servers.ServiceAsync("Prompts");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        await using var connection = await new ConnectionFactory { Uri = new Uri(servers.Messaging) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync("llmoin.prompts", ExchangeType.Topic, durable: true);
        var queue = (await channel.QueueDeclareAsync()).QueueName;
        await channel.QueueBindAsync(queue, "llmoin.prompts", "prompt-saved.v1");
        var id = (string)(await anna.PostAsync(Templates, Template("neu", "x")).OkAsync(HttpStatusCode.Created))["id"]!;
        await PutAsync(anna, $"{Templates}/{id}", Template("neu", "y"), "\"1\"").OkAsync();

        var heard = new List<int>();
        for (var i = 0; i < 100 && heard.Count < 2; i++)
        {
            if (await channel.BasicGetAsync(queue, autoAck: true) is { } message && JsonNode.Parse(Encoding.UTF8.GetString(message.Body.Span))! is var saved && (string?)saved["promptId"] == id)
                heard.Add((int)saved["version"]!);
            else
                await Task.Delay(100);
        }

        Assert.Equal([1, 2], heard.Order());
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(HttpClient client, string query)
        => [.. (await client.GetAsync(Templates + query).OkAsync())["items"]!.AsArray().Select(template => (string)template!["id"]!)];

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string path, JsonNode body, string? ifMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.Add("If-Match", ifMatch);
        return client.SendAsync(request);
    }

    private static JsonObject Template(string name, string body) => new()
    {
        ["name"] = name,
        ["title"] = "Vorlage " + name,
        ["body"] = body,
        ["variables"] = new JsonArray(new JsonObject { ["name"] = "name", ["type"] = "text", ["label"] = "Name", ["required"] = false }),
    };
}
