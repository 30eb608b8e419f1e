namespace LLMoin.HostingTests;

public sealed class LastWordsTests
{
    [Fact]
    public async Task What_comes_from_a_process_after_its_end_is_waited_for()
    {
        var words = new System.Collections.Concurrent.ConcurrentQueue<string>();
        // The one that is left holds the output and speaks once its parent is gone.
        await using var child = ChildProcess.Start("bash", ["-c", "(while kill -0 $$ 2> /dev/null; do sleep 0.05; done; echo last) & echo first"], words.Enqueue);

        await child.WaitForLastWordsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["first", "last"], words);
        Assert.Equal(0, await child.Exited);
    }
}
