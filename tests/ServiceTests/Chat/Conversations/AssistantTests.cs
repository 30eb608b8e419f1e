using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;

namespace LLMoin.ServiceTests.Chat.Conversations;

/// <summary>Assistants: who may use and change which, and what they do to a question.</summary>
[Collection(nameof(ConversationBed))]
public sealed class AssistantTests(ConversationBed bed)
{
    private const string Path = "/api/chat/assistants";

    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task An_assistant_brings_its_instruction_model_limit_and_collections()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var collection = Guid.NewGuid();
        var id = await CreateAsync(anna, new { name = "Satzungen", instruction = "Antworte wie im Gesetz", function = "research", collectionIds = new[] { collection }, model = "replay", maxTokens = 2 });
        bed.Searches.Take();

        var answer = await anna.AskAsync("", Question(id, "assistant", "replay tokens=5 rate=0"));

        // The replay engine counts the words of all messages.
        Assert.Equal((4 + 3, 2, "length"), ((int)answer["usage"]!["prompt_tokens"]!, (int)answer["usage"]!["completion_tokens"]!, (string?)answer["choices"]![0]!["finish_reason"]));
        Assert.Equal("replay", (string?)answer["model"]);
        Assert.Equal($"[\"{collection}\"]", Assert.Single(bed.Searches.Take())["collectionIds"]!.ToJsonString());
        Assert.Equal(id, (Guid)(await anna.GetAsync($"/api/chat/conversations/{answer.Conversation()}").OkAsync())["assistantId"]!);
        Assert.Equal("replay tokens=5 rate=0", (string?)(await anna.ItemsAsync($"conversations/{answer.Conversation()}/messages"))[0]!["content"]);
    }

    [Fact]
    public async Task An_assistant_for_given_texts_searches_only_where_it_is_told_to()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var id = await CreateAsync(anna, new { name = "Übersetzen", function = "translate" });
        bed.Searches.Take();

        await anna.AskAsync("", Question(id, "replay", "replay tokens=1 rate=0"));
        Assert.Empty(bed.Searches.Take());
        await anna.AskAsync("", new JsonObject { ["assistant_id"] = id, ["sources"] = new JsonObject { ["mode"] = "auto" } });
        Assert.Single(bed.Searches.Take());
        await anna.AskAsync("", Question(id, "assistant", "replay tokens=1 rate=0"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_private_assistant_is_its_makers_alone()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var id = await CreateAsync(anna, new { name = "Meiner" });

        foreach (var (tenant, user) in new[] { (_tenant, "ben"), (_tenant + "x", "anna") })
        {
            using var other = bed.Staff(tenant, user, "tenant-admin", "prompt-editor");
            await AssertAbsentAsync(other, id);
        }
        Assert.Single(await anna.ItemsAsync("assistants"));
        using var auditor = bed.Chat.ClientFor(_tenant, "otto", "auditor");
        Assert.Equal(HttpStatusCode.Forbidden, await auditor.GetAsync(Path).StatusAsync());
    }

    [Fact]
    public async Task The_tenants_assistants_are_made_by_prompt_editors_and_used_by_all()
    {
        using var anna = bed.Staff(_tenant, "anna");
        using var ben = bed.Staff(_tenant, "ben");
        using var editor = bed.Staff(_tenant, "edith", "prompt-editor");
        using var stranger = bed.Staff(_tenant + "x", "xaver", "prompt-editor");
        await anna.PostAsJsonAsync(Path, new { name = "Alle", audience = "tenant" }).ProblemAsync(HttpStatusCode.Forbidden, "forbidden", "audience");
        using var admin = bed.Staff(_tenant, "arne", "tenant-admin");
        var id = await CreateAsync(admin, new { name = "Alle", audience = "tenant" });

        await ben.AskAsync("eins", new JsonObject { ["assistant_id"] = id });
        Assert.False((bool)(await ben.GetAsync($"{Path}/{id}").OkAsync())["mayChange"]!);
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(ben, id, "\"1\"", new { name = "Ben" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await ben.DeleteAsync($"{Path}/{id}").StatusAsync());
        await AssertAbsentAsync(stranger, id);
        // A colleague's assistant, made private, would be out of reach of the one who did it.
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(editor, id, "\"1\"", new { name = "Alle", audience = "private" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(editor, id, "\"1\"", new { name = "Für alle", audience = "tenant" })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, await editor.DeleteAsync($"{Path}/{id}").StatusAsync());
    }

    [Fact]
    public async Task A_departments_assistant_is_for_its_people_and_shared_only_by_them()
    {
        using var anna = bed.InDepartment(_tenant, "anna", "bauamt");
        using var carla = bed.InDepartment(_tenant, "carla", "bauamt");
        using var ben = bed.InDepartment(_tenant, "ben", "kasse");
        await ben.PostAsJsonAsync(Path, new { name = "Bauamt", audience = "department:bauamt" }).ProblemAsync(HttpStatusCode.Forbidden, "forbidden", "audience");
        var id = await CreateAsync(anna, new { name = "Bauamt", audience = "department:bauamt" });

        await carla.AskAsync("eins", new JsonObject { ["assistant_id"] = id });
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(carla, id, "\"1\"", new { name = "Carla", audience = "department:bauamt" })).StatusCode);
        await AssertAbsentAsync(ben, id);
        using var admin = bed.Staff(_tenant, "arne", "tenant-admin");
        Assert.Equal(HttpStatusCode.NoContent, await admin.DeleteAsync($"{Path}/{id}").StatusAsync());
    }

    [Fact]
    public async Task Of_two_who_change_the_same_version_the_second_is_told()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var id = await CreateAsync(anna, new { name = "Erster" });

        using var missing = await anna.PutAsJsonAsync($"{Path}/{id}", new { name = "Zweiter" });
        using var changed = await PutAsync(anna, id, "\"1\"", new { name = "Zweiter" });
        using var late = await PutAsync(anna, id, "\"1\"", new { name = "Dritter" });

        Assert.Equal(((HttpStatusCode)428, HttpStatusCode.OK, HttpStatusCode.PreconditionFailed), (missing.StatusCode, changed.StatusCode, late.StatusCode));
        using var read = await anna.GetAsync($"{Path}/{id}");
        Assert.Equal(("\"2\"", "\"2\"", "Zweiter"), (changed.Headers.ETag?.Tag, read.Headers.ETag?.Tag, (string?)JsonNode.Parse(await read.Content.ReadAsStringAsync())!["name"]));
    }

    [Fact]
    public async Task A_person_keeps_only_so_many()
    {
        using var anna = bed.Staff(_tenant, "anna");
        for (var i = 0; i < 3; i++)
            await CreateAsync(anna, new { name = $"Nummer {i}" });

        await anna.PostAsJsonAsync(Path, new { name = "Einer zu viel" }).ProblemAsync(HttpStatusCode.Conflict, "assistant-limit");
    }

    private static JsonObject Question(Guid assistant, string model, string text) => new()
    {
        ["assistant_id"] = assistant,
        ["model"] = model,
        ["sources"] = new JsonObject(),
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = text }),
    };

    private static async Task<Guid> CreateAsync(HttpClient client, object assistant)
        => (Guid)(await client.PostAsJsonAsync(Path, assistant).OkAsync(HttpStatusCode.Created))["id"]!;

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, Guid id, string version, object assistant)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{Path}/{id}") { Content = JsonContent.Create(assistant) };
        request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(version));
        return await client.SendAsync(request);
    }

    private static async Task AssertAbsentAsync(HttpClient other, Guid id)
    {
        Assert.Empty(await other.ItemsAsync("assistants"));
        Assert.Equal(HttpStatusCode.NotFound, await other.GetAsync($"{Path}/{id}").StatusAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(other, id, "\"1\"", new { name = "Meiner" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await other.DeleteAsync($"{Path}/{id}").StatusAsync());
        await other.AskAsync("eins", new JsonObject { ["assistant_id"] = id }, HttpStatusCode.NotFound);
    }
}
