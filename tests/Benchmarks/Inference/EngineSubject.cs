using LLMoin.Inference.Llama;
using LLMoin.Inference.Sampling;
using LLMoin.Inference.Scheduling;
using LLMoin.PlatformBed;
using Microsoft.Extensions.Logging.Abstractions;

namespace LLMoin.Benchmarks.Inference;

/// <summary>The engine in this process.</summary>
internal sealed class EngineSubject : Subject
{
    private readonly LlamaModel _model;
    private readonly ModelScheduler _scheduler;

    public EngineSubject(string path, int slots, int context, int threads) : base("engine")
    {
        LlamaRuntime.Start(Path.Combine(AppContext.BaseDirectory, "native"), "cpu", NullLogger.Instance);
        _model = LlamaModel.Load(path, 0, CancellationToken.None);
        _scheduler = new ModelScheduler(_model, new LlamaContext(_model, new ContextShape(slots, context, 2048), new ComputePool(threads)), 1L << 30, NullLogger.Instance);
    }

    public SchedulerCounters Counters => _scheduler.Counters;

    public override double CpuSeconds() => ProcessTree.CpuSeconds(Environment.ProcessId);

    public override async Task<AnswerTimes> AnswerAsync(Ask ask, CancellationToken cancellation)
    {
        var times = new AnswerTimes();
        await Task.Yield();
        var prompt = _model.Vocabulary.Tokenize($"<|im_start|>user\n{ask.Text}<|im_end|>\n<|im_start|>assistant\n", false, true);
        times.PromptTokens = prompt.Length;
        var task = new GenerationTask(prompt, new TokenSampler(new SamplerSettings { Temperature = 0, Seed = 1 }, prompt, 0), ask.Tokens, false);
        _scheduler.Start(task);
        await foreach (var _ in task.Output.ReadAllAsync(cancellation))
        {
            times.TextCame();
            times.Tokens++;
        }
        return times;
    }

    public override ValueTask DisposeAsync()
    {
        _scheduler.Dispose();
        _model.Dispose();
        return ValueTask.CompletedTask;
    }
}
