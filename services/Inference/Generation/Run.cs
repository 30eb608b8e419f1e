using System.Text;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Engines;
using LLMoin.Messaging.Streams;

namespace LLMoin.Inference.Generation;

/// <summary>
/// One generation held by this worker, waiting or running. It may yield its slot and run again later, after what it has said so far.
/// Who waits and who runs, <see cref="Slots"/> knows, which also guards the members below "guarded".
/// </summary>
internal sealed class Run(GenerationRequest request, Delivery delivery) : IDisposable
{
    /// <summary>Rough length of a token in characters, for prompts not counted yet.</summary>
    private const int CharactersPerToken = 4;

    private readonly CancellationTokenSource _cancellation = new();
    private readonly StringBuilder _text = new(request.EmittedText);
    private readonly StringBuilder _reasoning = new(request.EmittedReasoning);
    private readonly List<ToolCall> _toolCalls = [.. request.EmittedToolCalls];
    private readonly int _promptEstimate =
        (request.Messages.Sum(message => message.Content.Length) + request.Passages.Sum(passage => passage.Text.Length)) / CharactersPerToken + 1;
    private CancellationTokenSource? _stint;
    private double? _charged;
    private int _emittedTokens = request.EmittedTokens;

    public GenerationRequest Request { get; } = request;

    public Delivery Delivery { get; } = delivery;

    public bool IsBatch => Request.Priority == Priority.Batch;

    /// <summary>When the reader last heard of it (<see cref="Environment.TickCount64"/>).</summary>
    public long LastFrameAt { get; set; } = Environment.TickCount64;

    /// <summary>As the engine counts them; null before it has.</summary>
    public int? PromptTokens { get; set; }

    /// <summary>Completion tokens so far, those of earlier attempts included.</summary>
    public int Tokens { get; private set; } = request.EmittedTokens;

    /// <summary>Nobody waits for it any more, here.</summary>
    public CancellationToken Cancelled => _cancellation.Token;

    // Guarded.

    public TenantLine Tenant { get; set; } = null!;

    public long Arrival { get; set; }

    /// <summary>Null while it does not wait.</summary>
    public LinkedListNode<Run>? Place { get; set; }

    public bool HasRun { get; set; }

    public DateTimeOffset BegunAt { get; set; }

    /// <summary>Time in slots before the present one.</summary>
    public TimeSpan Held { get; set; }

    /// <summary>It has a slot and was told to give it up.</summary>
    public bool IsYielding { get; set; }

    public int Yields { get; set; }

    /// <summary>What reading its prompt will be charged with, as far as that has not happened.</summary>
    public double ExpectedPromptCharge => _charged is null ? _promptEstimate * TenantCounters.PromptCost : 0;

    /// <summary>What its prompt costs the tenant: the first time an estimate, then nothing more.</summary>
    public double PromptCharge()
    {
        var charge = ExpectedPromptCharge;
        _charged ??= charge;
        return charge;
    }

    /// <summary>What has to be charged besides, now that the prompt is counted; negative where the estimate was too high.</summary>
    public double CorrectPromptCharge(int tokens)
    {
        var correction = tokens * TenantCounters.PromptCost - (_charged ?? 0);
        _charged = tokens * TenantCounters.PromptCost;
        return correction;
    }

    // The worker's.

    /// <summary>The request with all that readers have, and the token that ends this turn in a slot.</summary>
    public (GenerationRequest Request, CancellationToken Cancellation) Begin()
    {
        _stint?.Dispose();
        _stint = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        // Told to yield before it began.
        if (IsYielding)
            _stint.Cancel();
        Tokens = _emittedTokens;
        return (Request with { EmittedText = _text.ToString(), EmittedReasoning = _reasoning.ToString(), EmittedToolCalls = [.. _toolCalls], EmittedTokens = _emittedTokens },
            _stint.Token);
    }

    /// <summary>Notes what was generated.</summary>
    /// <returns>True when there is something for the reader in it.</returns>
    public bool Take(GeneratedPiece piece)
    {
        Tokens += piece.Tokens;
        if (piece.Text.Length == 0 && piece.Reasoning is null && piece.ToolCall is null)
            return false;
        _text.Append(piece.Text);
        _reasoning.Append(piece.Reasoning);
        if (piece.ToolCall is { } call)
            _toolCalls.Add(call);
        _emittedTokens = Tokens;
        return true;
    }

    /// <summary>Ends its turn in the slot, not the run.</summary>
    public void Yield() => Cancel(_stint);

    public void Cancel() => Cancel(_cancellation);

    public Frame Frame(FrameKind kind) => new() { AnswerId = Request.AnswerId, Attempt = Request.Attempt, Kind = kind };

    public void Dispose()
    {
        _stint?.Dispose();
        _cancellation.Dispose();
    }

    private static void Cancel(CancellationTokenSource? source)
    {
        try
        {
            source?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself at the same moment.
        }
    }
}
