using System.Diagnostics.Metrics;
using LLMoin.Inference.Scheduling;

namespace LLMoin.Inference.Engines.Llama;

/// <summary>
/// What the schedulers count, as metrics by model: the prefix cache's hit rate is <c>reused ÷ prompt</c>, the scheduler's own share of the
/// time <c>1 − compute ÷ busy</c>.
/// </summary>
internal sealed class EngineMeter : IDisposable
{
    private readonly Meter _meter = new("LLMoin.Inference");

    public EngineMeter(Func<IEnumerable<ChatModel>> models)
    {
        Count("llmoin.inference.prompt_tokens", "{token}", "Tokens of all prompts", counters => counters.PromptTokens);
        Count("llmoin.inference.reused_tokens", "{token}", "Of these, tokens that a KV cache held already", counters => counters.ReusedTokens);
        Count("llmoin.inference.written_tokens", "{token}", "Tokens of answers", counters => counters.WrittenTokens);
        Count("llmoin.inference.steps", "{step}", "Batches computed", counters => counters.Steps);
        Count("llmoin.inference.compute_time", "s", "Time in llama.cpp", counters => counters.Compute.TotalSeconds);
        Count("llmoin.inference.busy_time", "s", "Time with an answer at hand", counters => counters.Busy.TotalSeconds);

        void Count<T>(string name, string unit, string description, Func<SchedulerCounters, T> read) where T : struct
            => _meter.CreateObservableCounter(name, () => models().Select(
                model => new Measurement<T>(read(model.Counters), new KeyValuePair<string, object?>("gen_ai.request.model", model.Served.Id))), unit, description);
    }

    public void Dispose() => _meter.Dispose();
}
