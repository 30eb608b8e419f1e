using System.Text;
using LLMoin.Contracts.Inference;
using LLMoin.Inference;
using LLMoin.Inference.Engines;
using LLMoin.Inference.Engines.Llama;
using LLMoin.Inference.Models;
using LLMoin.TestModels;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LLMoin.InferenceTests;

/// <summary>The engine as a worker has it, without the broker.</summary>
internal sealed class EngineBed : IDisposable
{
    public const string Chat = "random-llama-256x2-chat-1";
    public const string Embedding = "random-bert-embedding";
    public const string Rank = "random-bert-rank";

    public static string Folder { get; } = Path.GetDirectoryName(LlamaBed.PathOf(RandomModel.Tiny))!;

    public LlamaEngine Engine { get; }

    private EngineBed(LlamaOptions llama, int slots)
    {
        _ = LlamaBed.Runtime;
        var options = Options.Create(new InferenceOptions { Engine = "llama", Models = [], ModelsDirectory = Folder, Slots = slots });
        var loader = new LlamaLoader(Options.Create(llama), NullLoggerFactory.Instance);
        Engine = new LlamaEngine(
            new ModelStore(Folder, ModelCatalogue.Load(Folder)), loader, new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance), options, NullLogger<LlamaEngine>.Instance);
        Engine.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        Engine.ExecuteTask!.GetAwaiter().GetResult();
    }

    /// <param name="slots">Answers at once.</param>
    /// <param name="megabytes">The memory budget.</param>
    /// <param name="models">Loaded from <see cref="Folder"/>.</param>
    public static async Task<EngineBed> StartAsync(int slots = 4, int megabytes = 512, params string[] models)
    {
        new RandomEncoder(Ranks: false).WriteTo(Folder);
        new RandomEncoder(Ranks: true).WriteTo(Folder);
        var bed = new EngineBed(new LlamaOptions { Backend = "cpu", Threads = 1, ContextTokens = 2048, MemoryMegabytes = megabytes, PrefixCacheMegabytes = 64, Reproducible = true }, slots);
        foreach (var model in models)
            await bed.Engine.LoadAsync(model + ".gguf", CancellationToken.None);
        return bed;
    }

    public static GenerationRequest Request(string text, int maxTokens = 40, float temperature = 1, long seed = 1, params string[] stop) => new()
    {
        AnswerId = Guid.CreateVersion7(),
        Attempt = 1,
        Tenant = "hamburg",
        Model = Chat,
        Deadline = DateTimeOffset.MaxValue,
        Messages = [new PromptMessage("user", text)],
        Sampling = new Sampling { MaxTokens = maxTokens, Temperature = temperature, Seed = seed, Stop = stop },
    };

    /// <summary>The whole answer.</summary>
    public async Task<Answer> AskAsync(GenerationRequest request, CancellationToken cancellation = default)
    {
        var text = new StringBuilder();
        var pieces = new List<GeneratedPiece>();
        await foreach (var piece in Engine.GenerateAsync(request, cancellation))
        {
            text.Append(piece.Text);
            pieces.Add(piece);
        }
        return new Answer(text.ToString(), pieces);
    }

    public void Dispose() => Engine.Dispose();
}

internal sealed record Answer(string Text, IReadOnlyList<GeneratedPiece> Pieces)
{
    public int Tokens => Pieces.Sum(piece => piece.Tokens);

    public string? FinishReason => Pieces[^1].FinishReason;
}
