using System.Collections.Concurrent;
using System.Diagnostics;
using LLMoin.Contracts;
using LLMoin.Contracts.Inference;
using LLMoin.Messaging.Broker;

namespace LLMoin.Messaging.Streams;

/// <summary>
/// Sends frames of many generations to few reply queues. Under load, what one chat instance gets within <see cref="Pause"/> travels
/// as one message, as a broker message costs far more than the text in it; when even that falls behind, text of the same generation
/// becomes one frame. A lone stream waits for nothing, as a short burst may go out frame by frame.
/// </summary>
public sealed class FrameSender : IAsyncDisposable
{
    /// <summary>Mean time between two messages to one reply queue under load.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);

    /// <summary>Messages that may follow each other without it.</summary>
    private const int Burst = 4;

    /// <summary>Frames pending for one queue from which on text is merged.</summary>
    private const int Backlog = 1000;

    /// <summary>Whoever is worked on is heard of every second; who was not for so long has been stopped, and sends nothing more.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private const int FewestToTidy = 1024;

    private readonly ConcurrentDictionary<string, Outgoing> _outgoing = new(StringComparer.Ordinal);
    private readonly ReplySender _sender;

    private FrameSender(ReplySender sender) => _sender = sender;

    /// <param name="broker">The connection.</param>
    /// <param name="unroutable">Called with the name of a reply queue that does not exist any more.</param>
    /// <param name="cancellation">Ends the start.</param>
    public static async Task<FrameSender> StartAsync(BrokerConnection broker, Action<string> unroutable, CancellationToken cancellation)
        => new(await ReplySender.StartAsync(broker, unroutable, cancellation));

    /// <summary>Queues a frame; frames of one generation arrive in the order of these calls.</summary>
    public void Send(string replyTo, Frame frame)
        => _outgoing.GetOrAdd(replyTo, static (name, sender) => new Outgoing(name, sender._sender), this).Add(frame);

    /// <summary>Ends when the broker's connection has taken all that was sent.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        while (_outgoing.Values.Any(outgoing => outgoing.IsSending))
            await Task.Delay(Pause, cancellation);
    }

    /// <summary>Drops what is kept for a reply queue that is gone.</summary>
    public void Forget(string replyTo) => _outgoing.TryRemove(replyTo, out _);

    public ValueTask DisposeAsync() => _sender.DisposeAsync();

    private sealed class Outgoing(string replyTo, ReplySender sender)
    {
        private readonly Lock _lock = new();
        private readonly Queue<long> _sentAt = new(Burst);
        private readonly Dictionary<Guid, (int Attempt, int Next, long UsedAt)> _sequences = [];
        private int _tidyAt = FewestToTidy;
        private Dictionary<Guid, int> _lastOf = [];
        private List<Frame> _pending = [];
        private bool _sending;

        public bool IsSending
        {
            get
            {
                lock (_lock)
                    return _sending;
            }
        }

        public void Add(Frame frame)
        {
            lock (_lock)
            {
                if (!TryMerge(frame))
                {
                    _lastOf[frame.AnswerId] = _pending.Count;
                    _pending.Add(frame);
                }
                if (_sending)
                    return;
                _sending = true;
            }
            _ = SendLoopAsync();
        }

        private bool TryMerge(Frame frame)
        {
            if (frame.Kind != FrameKind.Text || _pending.Count < Backlog || !_lastOf.TryGetValue(frame.AnswerId, out var index))
                return false;
            var last = _pending[index];
            // Reasoning comes before text, so that text alone may be added to either.
            if (last.Kind != FrameKind.Text || last.Attempt != frame.Attempt || last.ToolCall is not null || frame.ToolCall is not null || frame.Reasoning is not null)
                return false;
            _pending[index] = last with { Text = last.Text + frame.Text, CompletionTokens = frame.CompletionTokens };
            return true;
        }

        private async Task SendLoopAsync()
        {
            while (true)
            {
                if (TimeToWait() is { Ticks: > 0 } wait)
                    await Task.Delay(wait);
                Frame[] frames;
                lock (_lock)
                {
                    if (_pending.Count == 0)
                    {
                        _sending = false;
                        return;
                    }
                    frames = [.. _pending.Select(Number)];
                    _pending = [];
                    _lastOf = [];
                }
                await sender.SendAsync(replyTo, frames, ContractJson.Default.FrameArray);
            }
        }

        /// <summary>Numbered only now, as merged frames count once.</summary>
        private Frame Number(Frame frame)
        {
            var (attempt, next, _) = _sequences.GetValueOrDefault(frame.AnswerId);
            if (attempt != frame.Attempt)
                next = 0;
            if (frame.Kind is FrameKind.Finished or FrameKind.Failed or FrameKind.Bounced)
                _sequences.Remove(frame.AnswerId);
            else
                _sequences[frame.AnswerId] = (frame.Attempt, next + 1, Stopwatch.GetTimestamp());
            if (_sequences.Count >= _tidyAt)
                Tidy();
            return frame with { Sequence = next };
        }

        /// <summary>A stopped generation has no last frame by which it could be forgotten.</summary>
        private void Tidy()
        {
            foreach (var (answer, (_, _, usedAt)) in _sequences)
                if (Stopwatch.GetElapsedTime(usedAt) > Silence)
                    _sequences.Remove(answer);
            _tidyAt = Math.Max(FewestToTidy, 2 * _sequences.Count);
        }

        private TimeSpan TimeToWait()
        {
            var wait = TimeSpan.Zero;
            if (_sentAt.Count == Burst)
                wait = Burst * Pause - Stopwatch.GetElapsedTime(_sentAt.Dequeue());
            _sentAt.Enqueue(Stopwatch.GetTimestamp() + (wait > TimeSpan.Zero ? (long)(wait.TotalSeconds * Stopwatch.Frequency) : 0));
            return wait;
        }
    }
}
