using System.Runtime.CompilerServices;
using System.Text;
using LLMoin.Contracts.Inference;

namespace LLMoin.Chat.Answers.Following;

/// <summary>
/// An answer that is being written, apart from those who read it: any number of them, each from where it is. It is given up when the last one
/// has been gone for <paramref name="patience"/>.
/// </summary>
internal sealed class OpenAnswer(Generation generation, TimeSpan patience) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _abandoned = new();
    private readonly StringBuilder _reasoning = new();
    private readonly StringBuilder _text = new();
    private readonly List<ToolCall> _calls = [];
    private TaskCompletionSource? _change;
    private AnswerEvent? _idle;
    private int _idles;
    private int _readers;
    private bool _isOver;

    public Generation Generation { get; } = generation;

    /// <summary>Ends when it is stored.</summary>
    public Task Run { get; set; } = Task.CompletedTask;

    /// <summary>Nobody wants it any more.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>It stands in the database; settled when nothing more comes.</summary>
    public bool IsStored { get; private set; }

    /// <summary>Since when nobody has been reading, by the environment's clock; null while somebody does.</summary>
    public long? LeftAt { get; private set; } = Environment.TickCount64;

    /// <summary>More of the answer.</summary>
    public void Take(AnswerEvent news) => Change(() =>
    {
        if (news.Kind != AnswerEventKind.Text)
        {
            (_idle, _idles) = (news, _idles + 1);
            return;
        }
        _idle = null;
        _reasoning.Append(news.Reasoning);
        _text.Append(news.Text);
        if (news.ToolCall is { } call)
            _calls.Add(call);
    });

    /// <summary>Nothing more comes.</summary>
    public void End(bool isStored) => Change(() => (IsStored, _isOver) = (isStored, true));

    public void Abandon()
    {
        lock (_lock)
            EndAfter(TimeSpan.Zero);
    }

    /// <summary>Somebody waits for it elsewhere: the time without readers counts from now.</summary>
    public void Await()
    {
        lock (_lock)
            if (_readers == 0)
                EndAfter(patience);
    }

    public void Dispose() => _abandoned.Dispose();

    /// <summary>A reader, until disposed.</summary>
    public Reader Enter()
    {
        lock (_lock)
        {
            _readers++;
            LeftAt = null;
            EndAfter(Timeout.InfiniteTimeSpan);
        }
        return new Reader(this);
    }

    /// <summary>
    /// What is there beyond <paramref name="from"/>, in large pieces if it is much, and what comes, to the end. That it waits or is worked at is
    /// said after the text before it, unless newer text has overtaken it.
    /// </summary>
    private async IAsyncEnumerable<AnswerEvent> FollowAsync(AnswerPosition from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (at, idles) = (from, 0);
        while (true)
        {
            AnswerEvent? news;
            Task? change = null;
            lock (_lock)
            {
                news = Beyond(ref at);
                if (news is null && idles != _idles)
                    (news, idles) = (_idle, _idles);
                if (news is null && !_isOver)
                    change = (_change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
            if (news is { } some)
                yield return some;
            else if (change is null)
                yield break;
            else
                await change.WaitAsync(cancellation);
        }
    }

    private AnswerEvent? Beyond(ref AnswerPosition at)
    {
        var (reasoning, text, calls) = (_reasoning.Length > at.Reasoning, _text.Length > at.Text, _calls.Count > at.Calls);
        if (!reasoning && !text && !calls)
            return null;
        // One call in one event, and only once all text is out.
        var withCall = calls && !text;
        var news = new AnswerEvent(
            AnswerEventKind.Text,
            text ? _text.ToString(at.Text, _text.Length - at.Text) : "",
            reasoning ? _reasoning.ToString(at.Reasoning, _reasoning.Length - at.Reasoning) : null,
            withCall ? _calls[at.Calls] : null);
        at = new AnswerPosition(Math.Max(at.Reasoning, _reasoning.Length), Math.Max(at.Text, _text.Length), at.Calls + (withCall ? 1 : 0));
        return news with { At = at };
    }

    private void Change(Action change)
    {
        TaskCompletionSource? waited;
        lock (_lock)
        {
            change();
            (waited, _change) = (_change, null);
        }
        waited?.TrySetResult();
    }

    private void EndAfter(TimeSpan time)
    {
        if (!_isOver)
            _abandoned.CancelAfter(time);
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_readers > 0)
                return;
            LeftAt = Environment.TickCount64;
            EndAfter(patience);
        }
    }

    internal sealed class Reader(OpenAnswer answer) : IDisposable
    {
        public IAsyncEnumerable<AnswerEvent> FollowAsync(AnswerPosition from, CancellationToken cancellation) => answer.FollowAsync(from, cancellation);

        public void Dispose() => answer.Leave();
    }
}
