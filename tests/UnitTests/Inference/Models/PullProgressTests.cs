using LLMoin.Inference.Models.Pulling;
using Microsoft.Extensions.Time.Testing;

namespace LLMoin.UnitTests.Inference.Models;

public sealed class PullProgressTests : IDisposable
{
    private readonly StringWriter _said = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _said.Dispose();

    [Fact]
    public void Where_nobody_watches_a_plain_line_comes_every_few_seconds()
    {
        var progress = new PullProgress(_said, terminal: false, _clock);
        progress.Begin(1_000_000_000, 5_000_000_000);
        foreach (var second in Enumerable.Range(1, 10))
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            progress.Report(1_000_000_000 + (second * 100_000_000L));
        }

        Assert.Equal(
            [" 30 %  1.50 GB of 5.00 GB  100.0 MB/s  0:00:35 left", " 40 %  2.00 GB of 5.00 GB  100.0 MB/s  0:00:30 left"],
            _said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void On_a_terminal_one_line_changes_and_ends_at_the_end()
    {
        var progress = new PullProgress(_said, terminal: true, _clock);
        progress.Begin(0, 2_000_000);
        _clock.Advance(TimeSpan.FromSeconds(1));
        progress.Report(1_000_000);
        progress.End(2_000_000);

        var lines = _said.ToString();
        Assert.StartsWith("\r[############            ]  50 %  1.0 MB of 2.0 MB  1.0 MB/s  0:00:01 left", lines, StringComparison.Ordinal);
        Assert.Contains("\r[########################] 100 %", lines, StringComparison.Ordinal);
        Assert.Equal(1, lines.Count(character => character == '\n'));
    }

    [Fact]
    public void A_file_that_comes_at_once_is_still_mentioned()
    {
        var progress = new PullProgress(_said, terminal: false, _clock);
        progress.Begin(0, 0);
        progress.End(0);

        Assert.StartsWith("100 %", _said.ToString(), StringComparison.Ordinal);
    }
}
