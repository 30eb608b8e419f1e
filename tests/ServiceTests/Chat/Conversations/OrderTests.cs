using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;

namespace LLMoin.ServiceTests.Chat.Conversations;

/// <summary>Folders, pins, the archive, attached documents and the search.</summary>
[Collection(nameof(ConversationBed))]
public sealed class OrderTests(ConversationBed bed)
{
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task Pinned_conversations_come_first_and_archived_ones_stand_apart()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var (first, second, third) = ((await anna.AskAsync("eins")).Conversation(), (await anna.AskAsync("zwei")).Conversation(), (await anna.AskAsync("drei")).Conversation());

        await ChangeAsync(anna, first, new { pinned = true });
        await ChangeAsync(anna, second, new { archived = true });

        Assert.Equal([first, third], await IdsAsync(anna, "conversations"));
        Assert.Equal([second], await IdsAsync(anna, "conversations?archived=true"));
        var page = await anna.GetAsync("/api/chat/conversations?limit=1").OkAsync();
        Assert.Equal([third], await IdsAsync(anna, $"conversations?limit=1&after={page["next"]}"));
        await ChangeAsync(anna, first, new { pinned = false });
        await ChangeAsync(anna, second, new { archived = false, title = " Zweites " });
        Assert.Equal([third, second, first], await IdsAsync(anna, "conversations"));
        Assert.Equal("Zweites", (string?)(await anna.GetAsync($"/api/chat/conversations/{second}").OkAsync())["title"]);
    }

    [Fact]
    public async Task A_folder_holds_conversations_and_leaves_them_when_it_goes()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var (inside, outside) = ((await anna.AskAsync("eins")).Conversation(), (await anna.AskAsync("zwei")).Conversation());
        var folder = (Guid)(await anna.PostAsJsonAsync("/api/chat/folders", new { name = "Vergabe" }).OkAsync(HttpStatusCode.Created))["id"]!;
        await anna.PostAsJsonAsync("/api/chat/folders", new { name = "vergabe" }).ProblemAsync(HttpStatusCode.Conflict, "name-taken", "name");

        Assert.Equal(HttpStatusCode.NoContent, await FileAsync(anna, inside, folder));

        Assert.Equal([inside], await IdsAsync(anna, $"conversations?folder={folder}"));
        Assert.Equal([outside], await IdsAsync(anna, "conversations?folder=none"));
        Assert.Equal(HttpStatusCode.NoContent, await anna.PatchAsJsonAsync($"/api/chat/folders/{folder}", new { name = "Haushalt" }).StatusAsync());
        var listed = Assert.Single(await anna.ItemsAsync("folders"))!;
        Assert.Equal(("Haushalt", 1), ((string?)listed["name"], (int)listed["conversations"]!));
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync($"/api/chat/folders/{folder}").StatusAsync());
        Assert.Equal([outside, inside], await IdsAsync(anna, "conversations?folder=none"));
        Assert.Equal(HttpStatusCode.NotFound, await FileAsync(anna, inside, folder));
    }

    [Fact]
    public async Task Nobody_orders_or_finds_what_is_somebody_elses()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var conversation = (await anna.AskAsync("Sonderurlaub")).Conversation();
        var folder = (Guid)(await anna.PostAsJsonAsync("/api/chat/folders", new { name = "Privat" }).OkAsync(HttpStatusCode.Created))["id"]!;
        foreach (var (tenant, user) in new[] { (_tenant, "ben"), (_tenant + "x", "anna") })
        {
            using var other = bed.Staff(tenant, user, "tenant-admin");
            var own = (await other.AskAsync("eigenes")).Conversation();
            Assert.Equal(HttpStatusCode.NotFound, await FileAsync(other, own, folder));
            Assert.Equal(HttpStatusCode.NotFound, await other.PostAsJsonAsync("/api/chat/conversations", new { folderId = folder }).StatusAsync());
            Assert.Equal(HttpStatusCode.NotFound, await FileAsync(other, conversation, null));
            Assert.Equal(HttpStatusCode.NotFound, await other.PatchAsJsonAsync($"/api/chat/conversations/{conversation}", new { pinned = true }).StatusAsync());
            Assert.Equal(HttpStatusCode.NotFound, await other.PutAsJsonAsync($"/api/chat/conversations/{conversation}/documents", new { documentIds = new[] { own } }).StatusAsync());
            Assert.Equal(HttpStatusCode.NotFound, await other.PatchAsJsonAsync($"/api/chat/folders/{folder}", new { name = "Meins" }).StatusAsync());
            Assert.Equal(HttpStatusCode.NotFound, await other.DeleteAsync($"/api/chat/folders/{folder}").StatusAsync());
            Assert.Empty(await other.ItemsAsync("folders"));
            Assert.Empty(await other.ItemsAsync($"conversations?folder={folder}"));
            Assert.Empty(await other.ItemsAsync("conversations/search?query=Sonderurlaub"));
        }
    }

    [Fact]
    public async Task Attached_documents_are_what_questions_are_answered_from_unless_they_name_others()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var (attached, named) = (Guid.NewGuid(), Guid.NewGuid());
        var created = await anna.PostAsJsonAsync("/api/chat/conversations", new { documentIds = new[] { attached, attached } }).OkAsync(HttpStatusCode.Created);
        bed.Searches.Take();

        var auto = await anna.AskAsync("Frist", new JsonObject { ["conversation_id"] = (Guid)created["id"]!, ["sources"] = new JsonObject() });
        await anna.AskAsync("Frist", new JsonObject { ["conversation_id"] = auto.Conversation(), ["sources"] = new JsonObject { ["document_ids"] = new JsonArray(named) } });
        await anna.AskAsync("Frist", new JsonObject { ["conversation_id"] = auto.Conversation() });
        await anna.PutAsJsonAsync($"/api/chat/conversations/{auto.Conversation()}/documents", new { documentIds = Array.Empty<Guid>() });
        await anna.AskAsync("Frist", new JsonObject { ["conversation_id"] = auto.Conversation(), ["sources"] = new JsonObject() });

        Assert.Equal([$"[\"{attached}\"]", $"[\"{named}\"]", null], bed.Searches.Take().Select(search => search["documentIds"]?.ToJsonString()));
        Assert.Equal("replay tokens=1 rate=0 Frist", (string?)(await anna.GetAsync($"/api/chat/conversations/{auto.Conversation()}").OkAsync())["title"]);
        await anna.PutAsJsonAsync($"/api/chat/conversations/{auto.Conversation()}/documents", new { documentIds = Enumerable.Range(0, 101).Select(_ => Guid.NewGuid()) })
            .ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "documentIds");
    }

    [Fact]
    public async Task A_search_finds_german_words_by_their_beginning_in_messages_and_titles()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var question = await anna.AskAsync("Welche Gebühren fallen für die Straßenreinigung an?");
        await ChangeAsync(anna, question.Conversation(), new { title = "Abfallsatzung" });
        var older = await anna.AskAsync("Gebühr für den Wochenmarkt nach Az. IV-2/34");

        var found = await anna.ItemsAsync("conversations/search?query=strassenrei%20gebühr");
        var hit = Assert.Single(found)!;

        Assert.Equal((question.Conversation(), question.Question(), "Abfallsatzung"), ((Guid)hit["conversationId"]!, (Guid)hit["messageId"]!, (string?)hit["title"]));
        var (text, match) = ((string)hit["snippet"]!["text"]!, hit["snippet"]!["matches"]!.AsArray()[0]!);
        Assert.Equal("Gebühren", text.Substring((int)match["start"]!, (int)match["length"]!));
        var inTitle = Assert.Single(await anna.ItemsAsync("conversations/search?query=Abfallsatz"))!;
        Assert.Equal((question.Conversation(), null), ((Guid)inTitle["conversationId"]!, (Guid?)inTitle["messageId"]));
        // The question made the title, too.
        Assert.Equal([older.Question(), null], (await anna.ItemsAsync("conversations/search?query=IV-2/34")).Select(item => (Guid?)item!["messageId"]));
        var page = await anna.GetAsync("/api/chat/conversations/search?query=gebühren&limit=1").OkAsync();
        var rest = await anna.GetAsync($"/api/chat/conversations/search?query=gebühren&limit=5&after={page["next"]}").OkAsync();
        Assert.Equal([older.Question(), older.Conversation(), question.Question()], page["items"]!.AsArray().Concat(rest["items"]!.AsArray())
            .Select(item => (Guid?)item!["messageId"] ?? (Guid)item!["conversationId"]!));
    }

    [Theory]
    [InlineData("conversations/search?query=", "query")]
    [InlineData("conversations/search?query=x&limit=51", "limit")]
    [InlineData("conversations?folder=x", "folder")]
    public async Task What_is_wrong_with_a_list_is_named(string path, string field)
    {
        using var anna = bed.Staff(_tenant, "anna");

        await anna.GetAsync("/api/chat/" + path).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", field);
    }

    [Theory]
    [InlineData("'")]
    [InlineData("\\ | & ! :*")]
    [InlineData("der die das")]
    [InlineData("a' | 'b")]
    public async Task Signs_in_a_search_are_no_operators(string typed)
    {
        using var anna = bed.Staff(_tenant, "anna");

        Assert.Empty(await anna.ItemsAsync("conversations/search?query=" + Uri.EscapeDataString(typed)));
    }

    private static async Task ChangeAsync(HttpClient client, Guid conversation, object change)
        => Assert.Equal(HttpStatusCode.NoContent, await client.PatchAsJsonAsync($"/api/chat/conversations/{conversation}", change).StatusAsync());

    private static Task<HttpStatusCode> FileAsync(HttpClient client, Guid conversation, Guid? folder)
        => client.PutAsJsonAsync($"/api/chat/conversations/{conversation}/folder", new { folderId = folder }).StatusAsync();

    private static async Task<IReadOnlyList<Guid>> IdsAsync(HttpClient client, string path) => [.. (await client.ItemsAsync(path)).Select(item => (Guid)item!["id"]!)];
}
