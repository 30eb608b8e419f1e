using LLMoin.Chat;
using LLMoin.Chat.Answers;
using LLMoin.Chat.Models;
using LLMoin.Contracts.Inference;
using LLMoin.Messaging.Broker;
using LLMoin.Messaging.Streams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LLMoin.UnitTests.Chat.Answers;

/// <summary>What an answer's reader is told while there is no text, by a clock that goes only when told to, with a broker that never answers.</summary>
public sealed class GenerationTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly BrokerConnection _broker = new(
        new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:messaging", "amqp://127.0.0.1:1")]).Build(), null!, NullLogger<BrokerConnection>.Instance);
    private readonly Generation _generation;
    private readonly IAsyncEnumerator<AnswerEvent> _news;
    private int _frames;

    public GenerationTests()
    {
        var (broadcasts, options) = (new Broadcasts(_broker), new ChatOptions());
        var question = new Question
        {
            AnswerId = Guid.CreateVersion7(),
            Tenant = "hamburg",
            UserId = "anna",
            Model = "replay",
            Purpose = "chat",
            Messages = [new PromptMessage("user", "Hallo?")],
            RequestHash = "",
            Sampling = new Sampling(),
        };
        _generation = new Generation(question, null!, "reply", new WorkQueue(_broker), broadcasts, new ModelCatalog(broadcasts, Options.Create(options), _clock), options, _clock);
        _news = _generation.RunAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Without_a_word_from_a_worker_it_waits()
        => Assert.Equal(new AnswerEvent(AnswerEventKind.Waiting), await AfterASecondAsync());

    [Fact]
    public async Task In_a_workers_line_it_waits_there()
    {
        Say(FrameKind.Waiting, position: 3);
        Assert.Equal(3, (await NextAsync()).Position);

        Assert.Equal(new AnswerEvent(AnswerEventKind.Waiting, Position: 3), await AfterASecondAsync());
    }

    [Fact]
    public async Task With_a_slot_it_is_worked_at()
    {
        Say(FrameKind.Started);

        Assert.Equal(AnswerEventKind.Working, (await AfterASecondAsync()).Kind);
    }

    [Fact]
    public async Task Put_aside_for_others_it_waits_until_it_goes_on()
    {
        Say(FrameKind.Started);
        Say(FrameKind.Waiting, position: 1);
        Assert.Equal(1, (await NextAsync()).Position);

        Assert.Equal(new AnswerEvent(AnswerEventKind.Waiting, Position: 1), await AfterASecondAsync());
        Say(FrameKind.Started);
        Assert.Equal(AnswerEventKind.Working, (await AfterASecondAsync()).Kind);
    }

    [Fact]
    public async Task For_a_pause_of_the_chat_process_its_worker_is_not_given_up()
    {
        Say(FrameKind.Started);
        Assert.Equal(AnswerEventKind.Working, (await AfterASecondAsync()).Kind);
        _clock.Advance(TimeSpan.FromMinutes(2));
        _generation.Tick(lost: TimeSpan.FromMinutes(2));

        // Put again it would wait.
        Assert.Equal(AnswerEventKind.Working, (await NextAsync()).Kind);
    }

    [Fact]
    public async Task For_a_pause_of_the_chat_process_a_question_is_not_given_up()
    {
        _clock.Advance(TimeSpan.FromMinutes(2));
        _generation.Tick(lost: TimeSpan.FromMinutes(2));

        Assert.Equal(AnswerEventKind.Waiting, (await NextAsync()).Kind);
    }

    public async ValueTask DisposeAsync()
    {
        Say(FrameKind.Finished);
        Assert.False(await _news.MoveNextAsync());
        await _news.DisposeAsync();
        _generation.Dispose();
        await _broker.DisposeAsync();
    }

    private void Say(FrameKind kind, int? position = null)
        => _generation.Receive(new Frame { AnswerId = _generation.Question.AnswerId, Attempt = 1, Sequence = _frames++, Kind = kind, QueuePosition = position });

    private Task<AnswerEvent> AfterASecondAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        _generation.Tick(TimeSpan.Zero);
        return NextAsync();
    }

    private async Task<AnswerEvent> NextAsync()
    {
        Assert.True(await _news.MoveNextAsync());
        return _news.Current;
    }
}
