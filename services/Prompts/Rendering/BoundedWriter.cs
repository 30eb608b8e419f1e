using System.Text;

namespace LLMoin.Prompts.Rendering;

/// <summary>Takes rendered text until it is too much or too late.</summary>
/// <param name="characters">Most text.</param>
/// <param name="time">Longest time.</param>
/// <param name="clock">Measures it.</param>
internal sealed class BoundedWriter(int characters, TimeSpan time, TimeProvider clock) : TextWriter
{
    private readonly StringBuilder _text = new();
    private readonly long _started = clock.GetTimestamp();

    public override Encoding Encoding => Encoding.Unicode;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (_text.Length + buffer.Length > characters)
            throw new RenderingLimitException("size");
        CheckTime();
        _text.Append(buffer);
    }

    public override Task WriteAsync(char value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(char[] buffer, int index, int count)
    {
        Write(buffer, index, count);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return Task.CompletedTask;
    }

    public void CheckTime()
    {
        if (clock.GetElapsedTime(_started) > time)
            throw new RenderingLimitException("time");
    }

    public override string ToString() => _text.ToString();
}

/// <summary>A rendering became too large, too long or ran too many steps.</summary>
internal sealed class RenderingLimitException(string limit) : Exception($"The rendering exceeds its limit of {limit}.")
{
    public string Limit { get; } = limit;
}
