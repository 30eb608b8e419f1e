using LLMoin.Inference.Llama;
using LLMoin.Inference.Sampling;
using LLMoin.Inference.Scheduling;
using LLMoin.TestModels;
using Microsoft.Extensions.Logging.Abstractions;

namespace LLMoin.InferenceTests;

/// <summary>llama.cpp with the tiny random model, once for all tests of the process.</summary>
internal static class LlamaBed
{
    private static readonly string Models = Path.Combine(Path.GetTempPath(), "llmoin-test-models");
    private static readonly Lazy<LlamaRuntime> LazyRuntime = new(() => LlamaRuntime.Start(Path.Combine(AppContext.BaseDirectory, "native"), "cpu", NullLogger.Instance));
    private static readonly Lazy<ComputePool> LazyPool = new(() => new ComputePool(threads: 1));
    private static readonly Lazy<LlamaModel> LazyModel = new(() => Load(RandomModel.Tiny));

    public static LlamaRuntime Runtime => LazyRuntime.Value;

    public static ComputePool Pool
    {
        get
        {
            _ = Runtime;
            return LazyPool.Value;
        }
    }

    public static LlamaModel Model => LazyModel.Value;

    public static string PathOf(RandomModel model) => model.WriteTo(Models);

    public static LlamaModel Load(RandomModel model)
    {
        _ = Runtime;
        return LlamaModel.Load(PathOf(model), gpuLayers: 0, CancellationToken.None);
    }

    public static LlamaContext Context(int sequences, int tokens, int batch = 512) => new(Model, new ContextShape(sequences, tokens, batch, Exact: true), Pool);

    public static ModelScheduler Scheduler(int sequences, int tokens, long savedBytes = 64 << 20, int batch = 512)
        => new(Model, Context(sequences, tokens, batch), savedBytes, NullLogger.Instance);

    private static Dictionary<int, float> NoEnd => Enumerable.Range(0, Model.Vocabulary.Size).Where(Model.Vocabulary.IsEnd).ToDictionary(token => token, _ => float.NegativeInfinity);

    public static int[] Tokens(string text) => Model.Vocabulary.Tokenize(text, addSpecial: false, parseSpecial: false);

    /// <summary>A prompt of exactly this many tokens, different for each seed.</summary>
    public static int[] Prompt(int length, int seed)
    {
        var random = new Random(seed);
        var ordinary = Model.Vocabulary.Size - 8;
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(ordinary))];
    }

    /// <param name="given">So many tokens at the prompt's end are the answer's own.</param>
    /// <param name="endless">Only <paramref name="maxTokens"/> ends it.</param>
    public static GenerationTask Task(
        int[] prompt, int maxTokens, float temperature = 0, ulong seed = 1, string? grammar = null, bool batch = false, string tenant = "hamburg", int given = 0, bool endless = false)
    {
        var settings = new SamplerSettings { Temperature = temperature, Seed = seed, TopK = 0, TopP = 1, MinP = 0, LogitBias = endless ? NoEnd : new Dictionary<int, float>() };
        return new(prompt, new TokenSampler(settings, prompt, given, grammar is null ? null : new Grammar(Model.Vocabulary, grammar)), maxTokens, batch, tenant);
    }

    public static async Task<List<int>> RunAsync(ModelScheduler scheduler, GenerationTask task)
    {
        scheduler.Start(task);
        var tokens = new List<int>();
        await foreach (var token in task.Output.ReadAllAsync())
            tokens.Add(token);
        return tokens;
    }
}
