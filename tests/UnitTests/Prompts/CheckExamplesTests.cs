using LLMoin.Prompts.Examples;

namespace LLMoin.UnitTests.Prompts;

/// <summary>The command as it is called, against a platform of a few routes.</summary>
public sealed class CheckExamplesTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _progress = new();

    [Fact]
    public async Task A_run_says_what_passed_and_what_is_different_from_the_last()
    {
        await using var platform = await PlatformStandIn.StartAsync();
        var baseline = Path.Combine(Path.GetTempPath(), $"llmoin-examples-{Guid.NewGuid():n}.json");
        try
        {
            platform.Answer = "Bis zum 31. März [1].";
            Assert.Equal(0, await RunAsync("--url", platform.Url, "--token", "geheim", "--model", "m", "--baseline", baseline));
            Assert.Contains("2 passed, 0 failed, model m", _output.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("Since", _output.ToString(), StringComparison.Ordinal);
            Assert.Contains("[2/2] frist: belegt", _progress.ToString(), StringComparison.Ordinal);
            Assert.Equal(("m", "Wann?", 0.2, 300), ((string)platform.Asked!["model"]!, (string)platform.Asked["messages"]![0]!["content"]!, (double)platform.Asked["temperature"]!, (int)platform.Asked["max_tokens"]!));

            Assert.Equal(0, await RunAsync("--url", platform.Url, "--token", "geheim", "--baseline", baseline));
            Assert.Contains("nothing changed", _output.ToString(), StringComparison.Ordinal);

            platform.Answer = "Bis zum 31. März.";
            Assert.Equal(1, await RunAsync("--url", platform.Url, "--token", "geheim", "--template", "frist", "--baseline", baseline));
            Assert.Contains("frist: belegt: passed, now fails", _output.ToString(), StringComparison.Ordinal);
            Assert.Contains("has 0 citations, expected at least 1", _output.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("nennt die Frist: passed, now", _output.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(baseline);
        }
    }

    [Fact]
    public async Task What_cannot_be_run_says_why_and_has_its_own_exit_code()
    {
        await using var platform = await PlatformStandIn.StartAsync();
        Assert.Equal(0, await RunAsync("--help"));
        Assert.Contains("--baseline FILE", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await RunAsync("--urk", "x"));
        Assert.Equal(2, await RunAsync("--url"));
        Assert.Equal(2, await RunAsync("--url", "file:///etc/passwd"));
        Assert.Equal(3, await RunAsync("--url", platform.Url, "--token", "falsch"));
        Assert.Contains("401", _progress.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, await RunAsync("--url", platform.Url, "--token", "geheim", "--template", "gibt-es-nicht"));
        Assert.Contains("gibt-es-nicht", _progress.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, await RunAsync("--url", "http://127.0.0.1:1", "--token", "geheim"));
    }

    public void Dispose()
    {
        _output.Dispose();
        _progress.Dispose();
    }

    private Task<int> RunAsync(params string[] arguments)
    {
        _output.GetStringBuilder().Clear();
        _progress.GetStringBuilder().Clear();
        return CheckExamplesCommand.RunAsync(arguments, _output, _progress);
    }
}
