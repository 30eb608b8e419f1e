using LLMoin.ServiceBed;
using LLMoin.TestModels;

namespace LLMoin.ServiceTests.Chat;

/// <summary>The same rules with a language model, whose answers are drawn: also a worker that takes one over goes on with the same draws.</summary>
public sealed class LanguageModelRules(ChatBed bed) : IClassFixture<ChatBed>
{
    private const int Digits = 1500;

    /// <summary>Slow enough to be killed in the middle of an answer.</summary>
    private static readonly string Model = (RandomModel.Tiny with { Layers = 6, Width = 512, FeedForward = 1024, Heads = 8 })
        .WriteTo(Path.Combine(Path.GetTempPath(), "llmoin-test-models"));

    private static readonly string ModelId = Path.GetFileNameWithoutExtension(Model);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_workers_answer_is_the_one_it_would_have_given()
    {
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        await using var first = await StartWorkerAsync();
        using var undisturbed = await AskAsync(anna);
        await undisturbed.ReadAsync(cancellation: Now);
        Assert.Equal(Digits + 2, undisturbed.Text.Length);

        using var reader = await AskAsync(anna);
        await reader.ReadAsync(read => read.Text.Length > 200, Now);
        await first.KillAsync();
        // Something is said when no text has come for a while: what the first worker wrote has been read.
        var said = reader.Comments.Count;
        await reader.ReadAsync(read => read.Comments.Count > said, Now);
        Assert.InRange(reader.Text.Length, 200, Digits);
        await using var second = await StartWorkerAsync();
        await reader.ReadAsync(cancellation: Now);

        Assert.Equal(undisturbed.Text, reader.Text);
        Assert.Equal(["stop"], reader.FinishReasons);
        Assert.Equal(Assert.Single(await bed.UsageOfAsync(undisturbed.AnswerId)).CompletionTokens, Assert.Single(await bed.UsageOfAsync(reader.AnswerId)).CompletionTokens);
    }

    private async Task<ServiceProcess> StartWorkerAsync()
        => await bed.StartWorkerOfAsync(ModelId, ("Inference__Engine", "llama"), ("Inference__Models__0", Model), ("Inference__Llama__Threads", "1"), ("Inference__Llama__Reproducible", "true"),
            ("Inference__Llama__ContextTokens", "4096"), ("Inference__Slots", "2"), ("Inference__ModelsDirectory", Path.GetTempPath()));

    /// <summary>Digits have one token each, so that a text has only one sequence of tokens.</summary>
    private static Task<CompletionReader> AskAsync(HttpClient client) => CompletionReader.AskAsync(client, new
    {
        model = ModelId,
        stream = true,
        temperature = 1,
        seed = 5,
        sources = new { mode = "off" },
        response_format = new { type = "json_schema", json_schema = new { name = "digits", schema = new { type = "string", pattern = $"^[0-9]{{{Digits}}}$" } } },
        messages = new[] { new { role = "user", content = "Ziffern" } },
    }, cancellation: Now);
}
