using System.Net.Http.Json;
using LLMoin.ServiceBed;

namespace LLMoin.ServiceTests.Chat;

/// <summary>Answers from sources: which ones, and whose.</summary>
public sealed class ResearchRules(ChatBed bed, Servers servers) : IClassFixture<ChatBed>
{
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task A_question_about_a_collection_is_answered_from_it_and_only_for_those_who_may_read_it()
    {
        var retrieval = await servers.ServiceAsync("Retrieval");
        var chat = await bed.StartChatAsync(("services__retrieval__http__0", retrieval.Address.ToString().TrimEnd('/')));
        await using var worker = await bed.StartWorkerOfAsync("extractive");
        using var manager = retrieval.ClientFor(_tenant, "mona", "source-manager");
        var (marked, other) = (await manager.CollectionAsync("tenant", "user:mona", "role:user"), await manager.CollectionAsync("tenant"));
        var expected = await manager.ReadyInAsync(marked, "Der Wochenmarkt am Rathausplatz beginnt um sieben Uhr.");
        await manager.ReadyInAsync(other, "Der Wochenmarkt am Hafen beginnt um neun Uhr.");

        Assert.Equal([expected], await CitedAsync("user", marked));
        Assert.DoesNotContain(expected, await CitedAsync("user", other));
        Assert.Empty(await CitedAsync("prompt-editor", marked));

        async Task<IReadOnlyList<Guid>> CitedAsync(string role, Guid collection)
        {
            using var client = chat.ClientFor(_tenant, "anna", role);
            var answer = await client.PostAsync("/v1/chat/completions", JsonContent.Create(new
            {
                model = "extractive",
                sources = new { collection_ids = new[] { collection } },
                messages = new[] { new { role = "user", content = "Wann beginnt der Wochenmarkt?" } },
            })).OkAsync();
            return [.. answer["llmoin"]!["citations"]!.AsArray().Select(citation => (Guid)citation!["document_id"]!).Distinct()];
        }
    }
}
