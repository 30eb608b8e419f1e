using LLMoin.Inference;
using LLMoin.Inference.Models;

namespace LLMoin.UnitTests.Inference.Models;

public sealed class ModelCommandsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private FakeHub _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await FakeHub.StartAsync();
        _hub.Content = GgufBytes.Model().Build();
        File.WriteAllText(Path.Combine(_folder.Path, "models.json"), """
            {"models":[{"id":"amt","kind":"chat","hf":"stadt/amt-GGUF:amt-q8.gguf","context":4096,"licence":"Gemma","licenceNote":"not open source",
             "priceClass":"small","recommendedFor":"laptop-cpu","minMemoryGb":2,"description":{"de":"Das Amt","en":"The office"}}]}
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_catalogue_id_is_pulled_with_a_word_about_its_licence_and_then_listed_as_there()
    {
        Assert.Equal(0, await RunAsync("models"));
        Assert.Contains("amt                             chat       -", _output.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, await RunAsync("pull", "amt"));
        Assert.Contains("licence Gemma (not open source)", _output.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, await RunAsync("models"));
        Assert.Contains("amt                             chat       yes", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_are_checked_by_name_for_scripts()
    {
        Assert.Equal(1, await RunAsync("models", "amt"));
        Assert.Contains("-- pull amt", _error.ToString(), StringComparison.Ordinal);

        await RunAsync("pull", "stadt/amt-GGUF:amt-q8.gguf");
        _output.GetStringBuilder().Clear();

        Assert.Equal(0, await RunAsync("models", "amt"));
        Assert.Equal($"amt\tchat\t{_folder.Path}/stadt/amt-GGUF/amt-q8.gguf\n", _output.ToString());
    }

    [Theory]
    [InlineData(1, "no id of the catalogue", "pull", "nonsense")]
    [InlineData(1, "no id of the catalogue", "pull", "../../etc/passwd")]
    [InlineData(2, "pull NAME", "pull")]
    public async Task What_cannot_be_pulled_ends_with_a_code_and_a_word(int code, string expected, params string[] args)
    {
        Assert.Equal(code, await RunAsync(args));
        Assert.Contains(expected, _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_hub.Requests);
    }

    [Fact]
    public async Task Help_is_given_on_request()
    {
        Assert.Equal(0, await RunAsync("pull", "--help"));
        Assert.Contains("Exit codes", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_has_a_code_of_its_own()
    {
        using var interrupt = new CancellationTokenSource();
        await interrupt.CancelAsync();

        Assert.Equal(130, await RunAsync(interrupt.Token, "pull", "amt"));
        Assert.Contains("goes on where", _error.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    private Task<int> RunAsync(CancellationToken cancellation, params string[] args)
        => new ModelCommands(new InferenceOptions { ModelsDirectory = _folder.Path, HubUrl = _hub.Url }, null, _output, _error).RunAsync(args, cancellation);
}
