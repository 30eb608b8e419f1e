using LLMoin.Retrieval.Qdrant;

namespace LLMoin.UnitTests.Retrieval.Stores;

public sealed class ProgressLineTests : IDisposable
{
    private readonly StringWriter _output = new() { NewLine = "\n" };

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Without_a_terminal_there_is_a_line_for_each_percent()
    {
        var line = new ProgressLine(_output, plain: true);
        line.Begin("400 documents", 400);
        for (var i = 0; i < 8; i++)
            line.Advance(1);
        line.Advance(500);
        line.End("done");
        Assert.Equal("400 documents\n0 %, 0 of 400\n1 %, 4 of 400\n2 %, 8 of 400\n100 %, 508 of 400\ndone\n", _output.ToString());
    }

    [Fact]
    public void In_a_terminal_a_bar_grows_in_its_line()
    {
        var line = new ProgressLine(_output, plain: false);
        line.Begin("2 documents", 2);
        line.Advance(1);
        line.End("done");
        Assert.EndsWith($"\r[{new string('#', 20)}{new string(' ', 20)}]  50 %, 1 of 2\ndone\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_do_is_all_done()
    {
        new ProgressLine(_output, plain: true).Begin("0 documents", 0);
        Assert.Contains("100 %", _output.ToString(), StringComparison.Ordinal);
    }
}
