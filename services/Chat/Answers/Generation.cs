using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using LLMoin.Budgeting;
using LLMoin.Chat.Models;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;
using LLMoin.Contracts;
using LLMoin.Contracts.Chat;
using LLMoin.Contracts.Inference;
using LLMoin.Messaging;
using LLMoin.Messaging.Streams;

namespace LLMoin.Chat.Answers;

/// <summary>
/// One answer on its way. It puts the question to the model's work queue, follows the frames, and puts it again, with the text
/// emitted so far, when the worker dies, hands it back or loses frames: the reader sees a pause. Past the queue deadline the fallback
/// model answers.
/// </summary>
internal sealed class Generation(Question question, BudgetHold hold, string replyTo, WorkQueue queue, Broadcasts broadcasts, ModelCatalog models, ChatOptions options, TimeProvider clock)
    : IDisposable
{
    /// <summary>Even an answer that makes progress each time is not put more often than this.</summary>
    private const int MostAttempts = 50;

    private readonly Channel<Post> _inbox = Channel.CreateUnbounded<Post>(new UnboundedChannelOptions { SingleReader = true });
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly List<ToolCall> _toolCalls = [];
    private CancellationTokenSource _publishing = new();
    private long _silentSince;
    private long _waitingSince;
    private long _toldAt;
    private int _attempt;
    private int _fruitless;
    private int _nextSequence;
    private bool _accepted;
    private bool _started;
    private AnswerEvent _state;
    private IReadOnlyList<Doubt>? _doubts;
    private Guid? _messageId;

    public Question Question { get; } = question;

    /// <summary>The model that answers; another than the one asked for after a fallback.</summary>
    public string Model { get; private set; } = question.Model;

    public bool IsFallback => Model != Question.Model;

    public string Text => _text.ToString();

    /// <summary>What the model thought before it answered.</summary>
    public string Reasoning => _reasoning.ToString();

    public IReadOnlyList<ToolCall> ToolCalls => _toolCalls;

    public int PromptTokens { get; private set; }

    public int CompletionTokens { get; private set; }

    /// <summary>Of the model when it was asked; null where it has none.</summary>
    public string? PriceClass { get; private set; }

    /// <summary>OpenAI's finish reason, once finished.</summary>
    public string? FinishReason { get; private set; }

    public string Status { get; private set; } = AnswerStatus.Running;

    /// <summary>Why it failed, for the reader.</summary>
    public string? Error { get; private set; }

    /// <summary>The same in German; null where the engine speaks.</summary>
    public string? ErrorDe { get; private set; }

    /// <summary>The request's field that made it fail; null where it is not the request's fault.</summary>
    public string? ErrorField { get; private set; }

    /// <summary>The failure is that nobody was there to answer; asking later may help.</summary>
    public bool Unavailable { get; private set; }

    public IReadOnlyList<Citation> Citations => Citation.In(Text, Question.Passages);

    /// <summary>Statements that the passages do not bear out; settled with <see cref="Status"/>.</summary>
    public IReadOnlyList<Doubt> Doubts => Status == AnswerStatus.Running ? [] : _doubts ??= EvidenceCheck.Doubts(Text, Question.Asked, Question.Passages);

    /// <summary>
    /// The answer's message in its conversation, settled with <see cref="Status"/>, so that its id is later than its question's; null where
    /// there will be none.
    /// </summary>
    public Guid? MessageId => Status == AnswerStatus.Running || Question.ConversationId is null || _text.Length == 0 ? null : _messageId ??= Guid.CreateVersion7();

    /// <summary>Its usage is stored to be recorded: budgets hold that now in place of what was estimated.</summary>
    public void Settle(UsageRecorded usage) => hold.Settle(new(usage.PromptTokens, usage.CompletionTokens), usage.PriceClass ?? "", usage.OccurredAt);

    /// <summary>More frames are here already, so that a relay need not flush yet.</summary>
    public bool HasMore => _inbox.Reader.TryPeek(out _);

    /// <summary>A frame for this answer.</summary>
    public void Receive(Frame frame) => _inbox.Writer.TryWrite(new Post(frame, TimeSpan.Zero));

    /// <summary>Time has passed.</summary>
    /// <param name="lost">For so long this process stood still: workers may have spoken all the while, which is heard only now.</param>
    public void Tick(TimeSpan lost) => _inbox.Writer.TryWrite(new Post(null, lost));

    /// <summary>Ends it from outside; what is there is the answer.</summary>
    public void Stop() => _inbox.Writer.TryComplete();

    /// <summary>Runs the answer to its end and says what happens meanwhile; afterwards <see cref="Status"/> is settled.</summary>
    public async IAsyncEnumerable<AnswerEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        try
        {
            _waitingSince = clock.GetTimestamp();
            Put();
            while (Status == AnswerStatus.Running && await _inbox.Reader.WaitToReadAsync(cancellation))
            {
                while (Status == AnswerStatus.Running && _inbox.Reader.TryRead(out var post))
                    if ((post.Frame is { } frame ? OnFrame(frame) : OnTick(post.Lost)) is { } news)
                        yield return news;
            }
        }
        finally
        {
            await _publishing.CancelAsync();
            if (Status == AnswerStatus.Running)
            {
                Status = AnswerStatus.Stopped;
                FinishReason = "stop";
                CancelWorker();
            }
        }
    }

    /// <summary>Something on our own side failed; the reader must not take what is there for the whole.</summary>
    public void FailInternally() => Fail("Something failed on our side.", "Auf unserer Seite ist etwas fehlgeschlagen.");

    public void Dispose() => _publishing.Dispose();

    private TimeSpan Patience => Question.Patience ?? options.QueueDeadline;

    private AnswerEvent? OnFrame(Frame frame)
    {
        if (frame.Attempt != _attempt)
            return null;
        if (frame.Sequence != _nextSequence++)
        {
            PutAgain();
            return null;
        }

        _accepted = true;
        _silentSince = clock.GetTimestamp();
        if (frame.PromptTokens > 0)
            PromptTokens = frame.PromptTokens;
        CompletionTokens = Math.Max(CompletionTokens, frame.CompletionTokens);
        switch (frame.Kind)
        {
            case FrameKind.Waiting:
                // Also after it has started: it may be put aside for others.
                return Tell(_state = new AnswerEvent(AnswerEventKind.Waiting, Position: frame.QueuePosition, EstimatedWait: frame.EstimatedWait));
            case FrameKind.Started:
                _started = true;
                _state = new AnswerEvent(AnswerEventKind.Working);
                return null;
            case FrameKind.Text:
                return Take(frame);
            case FrameKind.Bounced:
                PutAgain(failed: frame.HandedBack != true);
                return null;
            case FrameKind.Finished:
                Status = AnswerStatus.Completed;
                FinishReason = frame.FinishReason;
                return null;
            case FrameKind.Failed:
                ErrorField = frame.Field;
                Fail(frame.Error ?? "The engine failed.", frame.Error is null ? "Die Inferenz ist fehlgeschlagen." : null);
                return null;
            default:
                return null;
        }
    }

    private AnswerEvent Take(Frame frame)
    {
        _fruitless = 0;
        _text.Append(frame.Text);
        _reasoning.Append(frame.Reasoning);
        if (frame.ToolCall is { } call)
            _toolCalls.Add(call);
        return Tell(new AnswerEvent(AnswerEventKind.Text, frame.Text ?? "", frame.Reasoning, frame.ToolCall));
    }

    private AnswerEvent? OnTick(TimeSpan lost)
    {
        var (now, pardoned) = (clock.GetTimestamp(), (long)(lost.TotalSeconds * clock.TimestampFrequency));
        _silentSince = Math.Min(now, _silentSince + pardoned);
        _waitingSince = Math.Min(now, _waitingSince + pardoned);
        // Whoever holds it in its line says so every second, and is not silent: the deadline counts from the beginning of the wait.
        if (!_started && clock.GetElapsedTime(_waitingSince) >= Patience)
            FallBack();
        else if (_accepted && clock.GetElapsedTime(_silentSince) >= options.WorkerSilence)
            PutAgain();

        return Status == AnswerStatus.Running && clock.GetElapsedTime(_toldAt) >= TimeSpan.FromSeconds(1) ? Tell(_state) : null;
    }

    private AnswerEvent Tell(AnswerEvent news)
    {
        _toldAt = clock.GetTimestamp();
        return news;
    }

    /// <summary>Publishes in the background: while the broker is away the reader must still be kept informed.</summary>
    private void Put()
    {
        _silentSince = clock.GetTimestamp();
        _attempt++;
        _nextSequence = 0;
        _accepted = _started = false;
        _state = new AnswerEvent(AnswerEventKind.Waiting);
        _publishing = new CancellationTokenSource();
        // A model whose workers are gone meanwhile has cost what it cost when it was asked.
        PriceClass = models.PriceClassOf(Model) ?? PriceClass;
        _ = queue.PublishAsync(Topology.GenerateQueue(Model), Request(), ContractJson.Default.GenerationRequest, replyTo, _publishing.Token)
            .ContinueWith(static failed => _ = failed.Exception, TaskContinuationOptions.OnlyOnFaulted);
    }

    private GenerationRequest Request() => new()
    {
        AnswerId = Question.AnswerId,
        Attempt = _attempt,
        Tenant = Question.Tenant,
        Model = Model,
        Deadline = clock.GetUtcNow() + Patience - clock.GetElapsedTime(_waitingSince),
        Messages = Question.Messages,
        Priority = Question.Priority,
        Passages = Question.Numbered,
        Bare = Question.Bare,
        Sampling = Question.Sampling,
        ResponseFormat = Question.ResponseFormat,
        Tools = Question.Tools,
        ToolChoice = Question.ToolChoice,
        EmittedText = Text,
        EmittedReasoning = Reasoning,
        EmittedToolCalls = [.. _toolCalls],
        EmittedTokens = CompletionTokens,
    };

    private void PutAgain(bool failed = true)
    {
        // Where it never had a slot, it is still the same wait.
        if (_started)
            _waitingSince = clock.GetTimestamp();
        _publishing.Cancel();
        CancelWorker();
        if (failed && (++_fruitless >= options.Attempts || _attempt >= MostAttempts))
        {
            Fail("The question could not be answered: every worker that took it failed.",
                "Die Frage konnte nicht beantwortet werden: Jeder Inferenzdienst, der sie übernahm, ist gescheitert.");
            _ = queue.PublishDeadAsync(Topology.GenerateQueue(Model), Request(), ContractJson.Default.GenerationRequest, CancellationToken.None);
        }
        else
        {
            Put();
        }
    }

    private void FallBack()
    {
        _publishing.Cancel();
        CancelWorker();
        var fallback = options.FallbackModel;
        if (fallback.Length > 0 && Model != fallback && Question.TextWillDo && CompletionTokens == 0 && models.IsServed(fallback))
        {
            (Model, PriceClass) = (fallback, null);
            _waitingSince = clock.GetTimestamp();
            Put();
            return;
        }
        Unavailable = true;
        Fail($"No worker took the question within {Patience.TotalSeconds:0} s.", $"Kein Inferenzdienst hat die Frage innerhalb von {Patience.TotalSeconds:0} s übernommen.");
    }

    private void Fail(string error, string? errorDe)
    {
        Status = AnswerStatus.Failed;
        (Error, ErrorDe) = (error, errorDe);
    }

    private void CancelWorker()
        => _ = broadcasts.PublishAsync(new GenerationCancelled { AnswerId = Question.AnswerId, Attempt = _attempt }, ContractJson.Default.GenerationCancelled, CancellationToken.None);

    /// <param name="Frame">Null for the clock's tick.</param>
    /// <param name="Lost">See <see cref="Tick"/>.</param>
    private readonly record struct Post(Frame? Frame, TimeSpan Lost);
}
