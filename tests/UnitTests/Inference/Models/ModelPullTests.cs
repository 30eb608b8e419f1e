using System.Security.Cryptography;
using LLMoin.Inference.Models;
using LLMoin.Inference.Models.Pulling;

namespace LLMoin.UnitTests.Inference.Models;

public sealed class ModelPullTests : IAsyncLifetime
{
    private const string Name = "land/model-GGUF:Model-Q8_0.gguf";

    private static readonly byte[] Model = [.. GgufBytes.Model().Build(), .. new byte[300_000]];

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _said = new();
    private FakeHub _hub = null!;

    private string Target => Path.Combine(_folder.Path, "land/model-GGUF/Model-Q8_0.gguf");

    public async ValueTask InitializeAsync()
    {
        _hub = await FakeHub.StartAsync();
        _hub.Content = Model;
        _hub.ClaimedSha256 = Sha256(Model);
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_model_arrives_whole_with_its_checksum_beside_it()
    {
        await PullAsync();

        Assert.Equal(Model, await File.ReadAllBytesAsync(Target));
        Assert.Equal($"{Sha256(Model)}  Model-Q8_0.gguf\n", await File.ReadAllTextAsync(Target + ".sha256"));
        Assert.Equal(["Model-Q8_0.gguf", "Model-Q8_0.gguf.sha256"], Directory.GetFiles(Path.GetDirectoryName(Target)!).Select(Path.GetFileName).Order());
        Assert.All(_hub.Requests, request => Assert.Equal("/land/model-GGUF/resolve/main/Model-Q8_0.gguf", request.Path));
        Assert.Contains("as the server claims", _said.ToString(), StringComparison.Ordinal);
        Assert.Equal(Sha256(Model), Checksum.ReadFor(Target));
    }

    [Fact]
    public async Task What_is_there_is_not_asked_for_again()
    {
        await PullAsync();
        _hub.Requests.Clear();

        await PullAsync();

        Assert.Empty(_hub.Requests);
        Assert.Contains("already there", _said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_taken_up_where_it_broke()
    {
        _hub.Cuts.Enqueue(100_000);
        _hub.Cuts.Enqueue(50_000);

        await PullAsync();

        Assert.Equal(Model, await File.ReadAllBytesAsync(Target));
        Assert.Equal(["bytes=0-0", null, "bytes=100000-", "bytes=150000-"], _hub.Requests.Select(request => request.Range));
        Assert.Equal("\"v1\"", _hub.Requests.Last().IfRange);
    }

    [Fact]
    public async Task An_interrupted_pull_goes_on_at_the_next_run()
    {
        using var interrupt = new CancellationTokenSource();
        var arrived = new Listening();
        var interrupted = new TaskCompletionSource();
        _hub.InTheMiddle = async () =>
        {
            await arrived.Heard;
            await interrupt.CancelAsync();
            await interrupted.Task;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => PullAsync(progress: new PullProgress(arrived, terminal: false, new LeapingClock()), cancellation: interrupt.Token));
        interrupted.SetResult();
        var kept = new FileInfo(Target + ".part").Length;
        _hub.InTheMiddle = null;

        await PullAsync();

        Assert.True(kept > 0);
        Assert.Equal($"bytes={kept}-", _hub.Requests.Last().Range);
        Assert.Equal(Model, await File.ReadAllBytesAsync(Target));
        Assert.Contains("going on at", _said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_of_another_version_is_thrown_away()
    {
        byte[] other = [.. GgufBytes.Model().Build(), .. Enumerable.Repeat((byte)7, 300_000)];
        await InterruptAsync();
        (_hub.Content, _hub.ETag, _hub.ClaimedSha256) = (other, "\"v2\"", Sha256(other));

        await PullAsync();

        Assert.Null(_hub.Requests.Last().Range);
        Assert.Equal(other, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task Without_a_checksum_the_tag_tells_the_version_and_the_operator_is_told()
    {
        _hub.ClaimedSha256 = null;
        await InterruptAsync();

        await PullAsync();

        Assert.Equal("bytes=100000-", _hub.Requests.Last().Range);
        Assert.Equal(Model, await File.ReadAllBytesAsync(Target));
        Assert.Contains("could not be verified", _said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_changes_while_it_comes_is_begun_anew_and_does_not_pass_the_check()
    {
        _hub.Cuts.Enqueue(100_000);
        var changing = (byte[])Model.Clone();
        changing[^1] = 1;
        _hub.Requests.Clear();
        _hub.AtTheCut = () => (_hub.Content, _hub.ETag) = (changing, "\"v2\"");

        var refusal = await Assert.ThrowsAsync<PullException>(() => PullAsync());

        Assert.Contains("checksum", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("\"v1\"", _hub.Requests.Last().IfRange);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public async Task A_wrong_checksum_names_both_and_leaves_nothing()
    {
        _hub.ClaimedSha256 = new string('a', 64);

        var refusal = await Assert.ThrowsAsync<PullException>(() => PullAsync());

        Assert.Contains(Sha256(Model), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(new string('a', 64), refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public async Task Where_server_and_catalogue_differ_nothing_is_downloaded()
    {
        var refusal = await Assert.ThrowsAsync<PullException>(() => PullAsync(sha256: new string('b', 64)));

        Assert.Contains("the server has " + Sha256(Model), refusal.Message, StringComparison.Ordinal);
        Assert.Equal("bytes=0-0", Assert.Single(_hub.Requests).Range);
    }

    [Fact]
    public async Task What_is_no_model_gets_no_name()
    {
        _hub.Content = "<html>Please sign in to the guest network.</html>"u8.ToArray();
        _hub.ClaimedSha256 = null;

        var refusal = await Assert.ThrowsAsync<ModelFileException>(() => PullAsync());

        Assert.Contains("is no GGUF file", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Theory]
    [InlineData(401, null, "set HF_TOKEN")]
    [InlineData(401, "secret", "does not accept the token")]
    [InlineData(403, "secret", "Accept its licence")]
    [InlineData(404, null, "(404)")]
    [InlineData(503, null, "out of order (503)")]
    public async Task A_refusal_says_what_to_do(int status, string? token, string expected)
    {
        _hub.AnswerWith(status);

        var refusal = await Assert.ThrowsAnyAsync<PullException>(() => PullAsync(token: token));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_network_the_message_says_so_at_once()
    {
        var closed = _hub.Url;
        await _hub.DisposeAsync();

        var refusal = await Assert.ThrowsAnyAsync<PullException>(() => PullAsync(hub: closed));

        Assert.Contains($"No connection to {closed.Authority}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Is there a network", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_for_the_hub_and_not_for_where_it_redirects()
    {
        await using var storage = await FakeHub.StartAsync();
        storage.Content = Model;
        _hub.RedirectTo = storage.Url;

        await PullAsync(token: "secret");

        Assert.All(_hub.Requests, request => Assert.Equal("Bearer secret", request.Authorization));
        Assert.All(storage.Requests, request => Assert.Null(request.Authorization));
        Assert.Equal(2, storage.Requests.Count);
        Assert.Equal(Model, await File.ReadAllBytesAsync(Target));
        Assert.Contains("as the server claims", _said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_redirects_end()
    {
        _hub.RedirectTo = _hub.Url;

        Assert.Contains("redirects more than", (await Assert.ThrowsAsync<PullException>(() => PullAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_split_model_comes_with_all_its_parts()
    {
        await PullAsync(name: "land/model-GGUF:big/M-00002-of-00003.gguf");

        Assert.Equal(
            ["M-00001-of-00003.gguf", "M-00002-of-00003.gguf", "M-00003-of-00003.gguf"],
            Directory.GetFiles(Path.Combine(_folder.Path, "land/model-GGUF/big"), "*.gguf").Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Two_pulls_of_one_file_do_not_mix()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        await using var other = new FileStream(Target + ".part", FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        Assert.Contains("another pull", (await Assert.ThrowsAsync<PullException>(() => PullAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_the_disk_holds_is_not_begun()
    {
        _hub.ClaimedSize = 1L << 60;

        var refusal = await Assert.ThrowsAsync<PullException>(() => PullAsync());

        Assert.Contains("are to be downloaded, but only", refusal.Message, StringComparison.Ordinal);
    }

    private async Task InterruptAsync()
    {
        _hub.Cuts.Enqueue(100_000);
        using var interrupt = new CancellationTokenSource();
        var tryingAgain = new Listening("Trying again");
        var pull = PullAsync(pause: TimeSpan.FromMinutes(1), said: tryingAgain, cancellation: interrupt.Token);
        await tryingAgain.Heard.WaitAsync(TimeSpan.FromSeconds(60));
        await interrupt.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull);
        _hub.Requests.Clear();
    }

    private async Task PullAsync(
        string name = Name, string? sha256 = null, string? token = null, Uri? hub = null, TimeSpan? pause = null, PullProgress? progress = null,
        TextWriter? said = null, CancellationToken cancellation = default)
    {
        using var client = new HubClient(hub ?? _hub.Url, token);
        var store = new ModelStore(_folder.Path, ModelCatalogue.Load(_folder.Path));
        var pull = new ModelPull(client, store, TextWriter.Synchronized(said ?? _said), progress ?? new PullProgress(TextWriter.Null, terminal: false, TimeProvider.System))
        {
            Pause = pause ?? TimeSpan.FromMilliseconds(1),
        };
        Assert.True(HubFile.TryParse(name, out var file));
        await pull.RunAsync(file, sha256, cancellation);
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>So late at every look that progress is told of each time.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now += 10 * TimestampFrequency;
    }
}
