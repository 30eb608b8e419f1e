using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;

namespace LLMoin.ServiceTests.Chat.Conversations;

/// <summary>Questions that are changed and answered again, without losing what was there.</summary>
[Collection(nameof(ConversationBed))]
public sealed class BranchTests(ConversationBed bed)
{
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task A_conversation_without_branches_is_one_chain()
    {
        using var anna = bed.Staff(_tenant, "anna");

        var first = await anna.AskAsync("eins");
        var second = await anna.AskAsync("zwei", new JsonObject { ["conversation_id"] = first.Conversation() });

        var messages = await anna.ItemsAsync($"conversations/{first.Conversation()}/messages");
        Assert.Equal([first.Question(), first.Message(), second.Question(), second.Message()], messages.Select(message => (Guid)message!["id"]!));
        Assert.Equal([null, first.Question(), first.Message(), second.Question()], messages.Select(message => (Guid?)message!["parentId"]));
        Assert.Equal(second.Message(), await LeafAsync(anna, first.Conversation()));
    }

    [Fact]
    public async Task An_edited_question_stands_beside_the_first_and_the_conversation_goes_on_below_it()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var first = await anna.AskAsync("eins");
        var conversation = first.Conversation();
        var second = await anna.AskAsync("zwei", new JsonObject { ["conversation_id"] = conversation });

        var edited = await anna.AskAsync("drei", new JsonObject { ["conversation_id"] = conversation, ["parent_message_id"] = first.Message() });
        var further = await anna.AskAsync("vier", new JsonObject { ["conversation_id"] = conversation });
        var beginning = await anna.AskAsync("fünf", new JsonObject { ["conversation_id"] = conversation, ["parent_message_id"] = conversation });

        Assert.Equal([first.Question(), first.Message(), second.Question(), second.Message()], await BranchAsync(anna, conversation, second.Message()));
        Assert.Equal([first.Question(), first.Message(), edited.Question(), edited.Message(), further.Question(), further.Message()], await BranchAsync(anna, conversation, further.Message()));
        Assert.Equal([beginning.Question(), beginning.Message()], await BranchAsync(anna, conversation, await LeafAsync(anna, conversation)));
        Assert.Equal(10, (await anna.ItemsAsync($"conversations/{conversation}/messages")).Count);
    }

    [Fact]
    public async Task A_question_answered_again_has_two_answers_and_is_stored_once()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var first = await anna.AskAsync("eins");

        var again = await anna.AskAsync("eins", new JsonObject { ["conversation_id"] = first.Conversation(), ["parent_message_id"] = first.Question() });

        Assert.Equal(first.Question(), again.Question());
        Assert.Equal([first.Question(), again.Message()], await BranchAsync(anna, first.Conversation(), await LeafAsync(anna, first.Conversation())));
        Assert.Equal(3, (await anna.ItemsAsync($"conversations/{first.Conversation()}/messages")).Count);
        await anna.AskAsync("anders", new JsonObject { ["conversation_id"] = first.Conversation(), ["parent_message_id"] = first.Question() }, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_branch_that_is_opened_again_is_where_the_next_question_goes()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var first = await anna.AskAsync("eins");
        var conversation = first.Conversation();
        var again = await anna.AskAsync("eins", new JsonObject { ["conversation_id"] = conversation, ["parent_message_id"] = first.Question() });

        await anna.PatchAsync($"/api/chat/conversations/{conversation}", JsonContent.Create(new { leafId = first.Message() }));
        var next = await anna.AskAsync("zwei", new JsonObject { ["conversation_id"] = conversation });

        Assert.Equal([first.Question(), first.Message(), next.Question(), next.Message()], await BranchAsync(anna, conversation, next.Message()));
        Assert.DoesNotContain(again.Message(), await BranchAsync(anna, conversation, next.Message()));
    }

    [Fact]
    public async Task Messages_of_another_conversation_or_person_are_no_place_for_a_question()
    {
        using var anna = bed.Staff(_tenant, "anna");
        using var ben = bed.Staff(_tenant, "ben");
        var (hers, other, his) = (await anna.AskAsync("eins"), await anna.AskAsync("zwei"), await ben.AskAsync("drei"));

        foreach (var parent in new[] { other.Message(), other.Conversation(), his.Message(), Guid.NewGuid() })
        {
            await anna.AskAsync("vier", new JsonObject { ["conversation_id"] = hers.Conversation(), ["parent_message_id"] = parent }, HttpStatusCode.NotFound);
            await anna.PatchAsync($"/api/chat/conversations/{hers.Conversation()}", JsonContent.Create(new { leafId = parent })).ProblemAsync(HttpStatusCode.NotFound, "not-found", "leafId");
            Assert.Equal(HttpStatusCode.NotFound, await anna.GetAsync($"/api/chat/conversations/{hers.Conversation()}/messages?leaf={parent}").StatusAsync());
        }
        await anna.AskAsync("fünf", new JsonObject { ["parent_message_id"] = hers.Message() }, HttpStatusCode.BadRequest);
        Assert.Equal(2, (await anna.ItemsAsync($"conversations/{hers.Conversation()}/messages")).Count);
    }

    [Fact]
    public async Task A_branch_is_read_in_pages()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var first = await anna.AskAsync("eins");
        var second = await anna.AskAsync("zwei", new JsonObject { ["conversation_id"] = first.Conversation() });
        var path = $"/api/chat/conversations/{first.Conversation()}/messages?leaf={second.Message()}&limit=3";

        var page = await anna.GetAsync(path).OkAsync();
        var rest = await anna.GetAsync($"{path}&after={page["next"]}").OkAsync();

        Assert.Equal((3, (string?)second.Question().ToString()), (page["items"]!.AsArray().Count, (string?)page["next"]));
        Assert.Equal(second.Message(), (Guid)Assert.Single(rest["items"]!.AsArray())!["id"]!);
        Assert.Null(rest["next"]);
    }

    private static async Task<Guid> LeafAsync(HttpClient client, Guid conversation)
        => (Guid)(await client.GetAsync($"/api/chat/conversations/{conversation}").OkAsync())["leafId"]!;

    private static async Task<IReadOnlyList<Guid>> BranchAsync(HttpClient client, Guid conversation, Guid leaf)
        => [.. (await client.ItemsAsync($"conversations/{conversation}/messages?leaf={leaf}")).Select(message => (Guid)message!["id"]!)];
}
