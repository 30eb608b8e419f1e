using LLMoin.Contracts.Inference;
using LLMoin.Inference.Engines.Llama;
using LLMoin.Inference.Models;
using LLMoin.Inference.Scheduling;
using LLMoin.PlatformBed;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LLMoin.Benchmarks.Inference;

/// <summary>The engine in this process: from a request's messages to the text of its answer.</summary>
internal sealed class EngineSubject : Subject
{
    private readonly ChatModel _model;

    public EngineSubject(string path, int slots, int context, int threads) : base("engine")
    {
        var loader = new LlamaLoader(Options.Create(new LlamaOptions { Backend = "cpu", Threads = threads, ContextTokens = context }), NullLoggerFactory.Instance);
        loader.Start();
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        _model = (ChatModel)loader.Load(new ModelStore(folder, ModelCatalogue.Load(folder)).Resolve(Path.GetFullPath(path)), slots, long.MaxValue, CancellationToken.None);
    }

    public SchedulerCounters Counters => _model.Counters;

    public override double CpuSeconds() => ProcessTree.CpuSeconds(Environment.ProcessId);

    public override async Task<AnswerTimes> AnswerAsync(Ask ask, CancellationToken cancellation)
    {
        var times = new AnswerTimes();
        await foreach (var piece in _model.GenerateAsync(Request(ask), cancellation))
        {
            times.PromptTokens = piece.PromptTokens ?? times.PromptTokens;
            times.Tokens += piece.Tokens;
            if (piece.Text.Length > 0)
                times.TextCame();
        }
        return times;
    }

    public override ValueTask DisposeAsync()
    {
        _model.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static GenerationRequest Request(Ask ask) => new()
    {
        AnswerId = Guid.CreateVersion7(),
        Attempt = 1,
        Tenant = "benchmark",
        Model = "benchmark",
        Deadline = DateTimeOffset.MaxValue,
        Messages = [new PromptMessage("user", ask.Text)],
        Sampling = new Sampling { Temperature = 0, MaxTokens = ask.Tokens },
    };
}
