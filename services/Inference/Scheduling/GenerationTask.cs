using System.Threading.Channels;
using LLMoin.Inference.Sampling;

namespace LLMoin.Inference.Scheduling;

/// <summary>How a task ended.</summary>
internal enum Ending
{
    /// <summary>The model ended it.</summary>
    Stop,

    /// <summary>Its limit or the context was reached.</summary>
    Length,
}

/// <summary>
/// One answer in the scheduler: a prompt that is read in, then tokens that come out of <see cref="Output"/> until it is completed. All but
/// <see cref="Output"/> and <see cref="Cancel"/> belongs to the scheduler's thread.
/// </summary>
internal sealed class GenerationTask : IDisposable
{
    private readonly Channel<int> _output = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private volatile bool _cancelled;

    /// <param name="prompt">At least one token; what was said of the answer before included.</param>
    /// <param name="sampler">Owned by the task.</param>
    /// <param name="maxTokens">Most tokens to generate; at least 1.</param>
    /// <param name="batch">Not for somebody who is waiting in front of a screen.</param>
    /// <param name="tenant">On whose behalf.</param>
    public GenerationTask(int[] prompt, TokenSampler sampler, int maxTokens, bool batch, string tenant)
    {
        Tenant = tenant;
        Prompt = prompt;
        Sampler = sampler;
        MaxTokens = maxTokens;
        Batch = batch;
        Tokens = new List<int>(prompt.Length + Math.Min(maxTokens, 1024));
        Tokens.AddRange(prompt);
    }

    public int[] Prompt { get; }

    public TokenSampler Sampler { get; }

    public int MaxTokens { get; }

    public bool Batch { get; }

    public string Tenant { get; }

    /// <summary>Tokens as they are chosen; completed at the end, with an exception when it failed.</summary>
    public ChannelReader<int> Output => _output.Reader;

    /// <summary>Set before <see cref="Output"/> completes.</summary>
    public Ending Ending { get; private set; }

    public bool IsCancelled => _cancelled;

    /// <summary>Prompt and answer.</summary>
    public List<int> Tokens { get; }

    /// <summary>Tokens that the sequence has computed.</summary>
    public int Computed { get; set; }

    /// <summary>Where it is computed; null while it waits for a free sequence.</summary>
    public Sequence? Sequence { get; set; }

    /// <summary>Another task that is reading the same beginning, and how much of it: copying is cheaper than reading it twice.</summary>
    public (GenerationTask Reader, int Tokens)? WaitsFor { get; set; }

    /// <summary>Row of the batch whose logits are its next token's; -1 for none.</summary>
    public int OutputRow { get; set; } = -1;

    /// <summary>Tokens of it in the batch that is being computed.</summary>
    public int Planned { get; set; }

    /// <summary>Steps with it that failed in a row.</summary>
    public int FailedSteps { get; set; }

    /// <summary>Tokens still to be computed before the next one can be chosen: 1 while it writes, more while it reads its prompt.</summary>
    public int Ahead => Tokens.Count - Computed;

    public bool IsWriting => Ahead == 1 && Tokens.Count > Prompt.Length;

    /// <summary>Nobody reads on; its sequence is free before the next step.</summary>
    public void Cancel() => _cancelled = true;

    public void Emit(int token)
    {
        Tokens.Add(token);
        _output.Writer.TryWrite(token);
    }

    public void End(Ending ending)
    {
        Ending = ending;
        _output.Writer.TryComplete();
    }

    public void Fail(Exception failure) => _output.Writer.TryComplete(failure);

    public void Dispose() => Sampler.Dispose();
}
