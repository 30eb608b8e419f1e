using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using LLMoin.Inference.Llama;
using LLMoin.Inference.Sampling;
using LLMoin.Inference.Scheduling;
using LLMoin.TestModels;
using Microsoft.Extensions.Logging.Abstractions;

namespace LLMoin.Benchmarks.Inference;

/// <summary>What one token costs beside llama.cpp's own computing: time to choose it among 151,936, and bytes allocated on its whole way.</summary>
[MemoryDiagnoser]
public class PerToken : IDisposable
{
    private const int Vocabulary = 151_936;
    private const int Answers = 16;
    private const int Tokens = 256;

    private readonly Candidates _candidates = new();
    private readonly float[] _logits = new float[Vocabulary];
    private readonly float[] _scratch = new float[Vocabulary];
    private TokenSampler _greedy = null!;
    private TokenSampler _topK = null!;
    private TokenSampler _topP = null!;
    private TokenSampler _plain = null!;
    private LlamaModel _model = null!;
    private ModelScheduler _scheduler = null!;

    public static void Run() => BenchmarkRunner.Run<PerToken>(
        ManualConfig.Create(DefaultConfig.Instance).AddJob(Job.ShortRun.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(5), logOutput: false))));

    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(1);
        for (var i = 0; i < Vocabulary; i++)
            _logits[i] = (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 8;
        TokenSampler Sampler(float temperature, int topK, float topP, float minP)
            => new(new SamplerSettings { Temperature = temperature, TopK = topK, TopP = topP, MinP = minP, Seed = 1 }, [], 0);
        _greedy = Sampler(0, 0, 1, 0);
        _topK = Sampler(0.7f, 40, 0.95f, 0.05f);
        _topP = Sampler(1, 0, 0.9f, 0);
        _plain = Sampler(1, 0, 1, 0);

        LlamaRuntime.Start(Path.Combine(AppContext.BaseDirectory, "native"), "cpu", NullLogger.Instance);
        _model = LlamaModel.Load(RandomModel.Tiny.WriteTo(Path.Combine(Path.GetTempPath(), "llmoin-test-models")), 0, CancellationToken.None);
        _scheduler = new ModelScheduler(
            _model, new LlamaContext(_model, new ContextShape(Answers, 512, 512), new ComputePool(1)), savedBytes: 0, NullLogger.Instance);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        foreach (var sampler in (TokenSampler[])[_greedy, _topK, _topP, _plain])
            sampler.Dispose();
        _scheduler.Dispose();
        _model.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Description = "choose: temperature 0")]
    public int Greedy() => Next(_greedy);

    [Benchmark(Description = "choose: top-k 40, top-p, min-p")]
    public int TopK() => Next(_topK);

    [Benchmark(Description = "choose: top-p of the whole vocabulary")]
    public int TopP() => Next(_topP);

    [Benchmark(Description = "choose: temperature 1, nothing cut")]
    public int Plain() => Next(_plain);

    /// <summary>16 answers of 256 tokens with the tiny model; the time is mostly llama.cpp's.</summary>
    [Benchmark(Description = "scheduler, per token", OperationsPerInvoke = Answers * Tokens)]
    public async Task<int> Scheduler()
    {
        var ends = Enumerable.Range(0, _model.Vocabulary.Size).Where(_model.Vocabulary.IsEnd).ToDictionary(token => token, _ => -100f);
        var counts = await Task.WhenAll(Enumerable.Range(0, Answers).Select(async answer =>
        {
            int[] prompt = [answer + 1, 2, 3];
            var settings = new SamplerSettings { Temperature = 0, Seed = 1, LogitBias = ends };
            var task = new GenerationTask(prompt, new TokenSampler(settings, prompt, 0), Tokens, batch: false, "benchmark");
            _scheduler.Start(task);
            var tokens = 0;
            while (await task.Output.WaitToReadAsync())
                while (task.Output.TryRead(out var _))
                    tokens++;
            return tokens;
        }));
        return counts.Sum();
    }

    /// <summary>The logits are overwritten, so that each call begins with a copy, as llama.cpp gives new ones each time.</summary>
    private int Next(TokenSampler sampler)
    {
        _logits.CopyTo(_scratch, 0);
        return sampler.Next(_scratch, _candidates);
    }
}
