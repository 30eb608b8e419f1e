using LLMoin.Contracts.Inference;
using LLMoin.Inference.Generation;
using Microsoft.Extensions.Time.Testing;

namespace LLMoin.UnitTests.Inference;

public sealed class OtherWorkersTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly OtherWorkers _others;

    public OtherWorkersTests() => _others = new OtherWorkers("self", _clock);

    [Fact]
    public void Free_slots_are_claimed_once_per_announcement()
    {
        Announce("a", running: 13);
        Announce("b", running: 15);

        Assert.Equal(2, _others.Claim("m", 2));
        Assert.Equal(2, _others.Claim("m", 5));
        Assert.Equal(0, _others.Claim("m", 5));
        Assert.True(_others.HaveRoomFor("m"));

        Announce("a", running: 14);
        Assert.Equal(2, _others.Claim("m", 5));
    }

    [Fact]
    public void Nobody_has_room_who_has_a_line_is_full_leaves_is_silent_or_serves_another_model()
    {
        Announce("self", running: 0);
        Announce("full", running: 16);
        Announce("line", running: 15, waiting: 1);
        Announce("leaving", running: 0, leaving: true);
        Announce("other", running: 0, model: "n");
        Assert.False(_others.HaveRoomFor("m"));

        Announce("silent", running: 0);
        Assert.True(_others.HaveRoomFor("m"));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(_others.HaveRoomFor("m"));
        Assert.Equal(0, _others.Claim("m", 1));
    }

    private void Announce(string worker, int running, int waiting = 0, bool leaving = false, string model = "m") => _others.Note(new ModelsAnnounced
    {
        WorkerId = worker,
        Models = [new ServedModel(model, ModelKind.Chat, "llmoin", 1000)],
        Slots = 16,
        Running = running,
        Waiting = waiting,
        Leaving = leaving,
    });
}
