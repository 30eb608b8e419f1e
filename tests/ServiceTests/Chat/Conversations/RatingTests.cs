using System.Net;
using System.Net.Http.Json;
using LLMoin.Contracts.Chat;
using LLMoin.ServiceBed;

namespace LLMoin.ServiceTests.Chat.Conversations;

/// <summary>What readers think of answers.</summary>
[Collection(nameof(ConversationBed))]
public sealed class RatingTests(ConversationBed bed)
{
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task A_rating_is_changed_and_taken_back_and_each_time_counted_without_its_text()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var asked = await anna.AskAsync("eins");
        var path = $"/api/chat/answers/{asked.Answer()}/rating";

        await anna.PutAsJsonAsync(path, new { verdict = "up" }).OkAsync();
        await anna.PutAsJsonAsync(path, new { verdict = "down", reason = "source", comment = "Die Satzung ist von 2019." }).OkAsync();
        var stored = await anna.GetAsync(path).OkAsync();
        var message = (await anna.ItemsAsync($"conversations/{asked.Conversation()}/messages"))[1]!;
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync(path).StatusAsync());

        Assert.Equal(("down", "source", "Die Satzung ist von 2019."), ((string?)stored["verdict"], (string?)stored["reason"], (string?)stored["comment"]));
        Assert.Equal("down", (string?)message["rating"]);
        Assert.Equal(HttpStatusCode.NotFound, await anna.GetAsync(path).StatusAsync());
        await ReadUntil.TrueAsync(() => Task.FromResult(bed.RatedSoFar(asked.Answer()).Count == 3), "the three ratings are published");
        Assert.Equal(
            [(AnswerVerdict.Up, null), (AnswerVerdict.Down, "source"), (AnswerVerdict.Withdrawn, null)],
            bed.RatedSoFar(asked.Answer()).OrderBy(rated => rated.RatedAt).Select(rated => (rated.Verdict, rated.Reason)));
        Assert.All(bed.RatedSoFar(asked.Answer()), rated => Assert.Equal((_tenant, "replay", "chat"), (rated.Tenant, rated.Model, rated.Purpose)));
    }

    [Fact]
    public async Task Only_who_asked_rates_an_answer()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var path = $"/api/chat/answers/{(await anna.AskAsync("eins")).Answer()}/rating";
        await anna.PutAsJsonAsync(path, new { verdict = "up" }).OkAsync();

        foreach (var (tenant, user) in new[] { (_tenant, "ben"), (_tenant + "x", "anna") })
        {
            using var other = bed.Staff(tenant, user, "tenant-admin");
            Assert.Equal(HttpStatusCode.NotFound, await other.PutAsJsonAsync(path, new { verdict = "down" }).StatusAsync());
            Assert.Equal(HttpStatusCode.NotFound, await other.GetAsync(path).StatusAsync());
            Assert.Equal(HttpStatusCode.NotFound, await other.DeleteAsync(path).StatusAsync());
        }
        Assert.Equal("up", (string?)(await anna.GetAsync(path).OkAsync())["verdict"]);
    }

    [Fact]
    public async Task A_deleted_conversation_takes_the_comment_with_it()
    {
        using var anna = bed.Staff(_tenant, "anna");
        var asked = await anna.AskAsync("eins");
        var path = $"/api/chat/answers/{asked.Answer()}/rating";
        await anna.PutAsJsonAsync(path, new { verdict = "down", comment = "Name und Anschrift" }).OkAsync();

        await anna.DeleteAsync($"/api/chat/conversations/{asked.Conversation()}");

        Assert.Equal("", (string?)(await anna.GetAsync(path).OkAsync())["comment"]);
    }

    [Theory]
    [InlineData("sideways", null, 0, "verdict")]
    [InlineData("down", "ugly", 0, "reason")]
    [InlineData("down", "other", 2001, "comment")]
    public async Task What_is_wrong_with_a_rating_is_named(string verdict, string? reason, int length, string field)
    {
        using var anna = bed.Staff(_tenant, "anna");

        await anna.PutAsJsonAsync($"/api/chat/answers/{Guid.NewGuid()}/rating", new { verdict, reason, comment = new string('x', length) })
            .ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", field);
    }
}
