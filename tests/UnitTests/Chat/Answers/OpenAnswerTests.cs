using LLMoin.Chat.Answers;
using LLMoin.Chat.Answers.Following;

namespace LLMoin.UnitTests.Chat.Answers;

/// <summary>What a reader hears who is slower than the answer.</summary>
public sealed class OpenAnswerTests : IDisposable
{
    private static readonly AnswerEvent First = new(AnswerEventKind.Waiting, Position: 1);
    private readonly OpenAnswer _answer = new(null!, Timeout.InfiniteTimeSpan);

    [Fact]
    public async Task That_it_waits_again_is_said_after_the_text_before()
    {
        _answer.Take(Text("Guten "));
        _answer.Take(First);

        Assert.Equal(["Guten ", "1"], await HeardAsync());
    }

    [Fact]
    public async Task That_it_waited_is_not_said_once_there_is_text()
    {
        _answer.Take(First);
        _answer.Take(Text("Guten "));
        _answer.Take(Text("Tag"));

        Assert.Equal(["Guten Tag"], await HeardAsync());
    }

    [Fact]
    public async Task Of_several_places_in_the_line_the_last_is_said()
    {
        _answer.Take(First with { Position = 2 });
        _answer.Take(First);

        Assert.Equal(["1"], await HeardAsync());
    }

    public void Dispose() => _answer.Dispose();

    private static AnswerEvent Text(string text) => new(AnswerEventKind.Text, text);

    private async Task<List<string>> HeardAsync()
    {
        _answer.End(isStored: true);
        using var reader = _answer.Enter();
        var heard = new List<string>();
        await foreach (var news in reader.FollowAsync(default, TestContext.Current.CancellationToken))
            heard.Add(news.Kind == AnswerEventKind.Text ? news.Text : $"{news.Position}");
        return heard;
    }
}
