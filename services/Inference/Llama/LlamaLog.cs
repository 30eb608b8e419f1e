using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using LLMoin.Inference.Llama.Native;

namespace LLMoin.Inference.Llama;

/// <summary>
/// llama.cpp's log lines as log records: errors as warnings, as what a request or an operator must know comes as an exception of our own,
/// the rest as debug. It logs about models and devices, never about texts.
/// </summary>
internal static unsafe partial class LlamaLog
{
    private const int Warning = 3;
    private const int Error = 4;
    private const int Continued = 5;

    private static readonly Lock Writing = new();
    private static readonly StringBuilder Line = new();
    private static readonly Queue<string> LastErrors = new();
    private static ILogger? _logger;
    private static int _level;

    public static void SendTo(ILogger logger)
    {
        _logger = logger;
        LlamaNative.llama_log_set(&Write, null);
    }

    /// <summary>Starts collecting errors for <see cref="Errors"/> anew.</summary>
    public static void ForgetErrors()
    {
        lock (Writing)
            LastErrors.Clear();
    }

    /// <summary>What llama.cpp has complained about since <see cref="ForgetErrors"/>, in one line; why a load failed.</summary>
    public static string Errors()
    {
        lock (Writing)
            return LastErrors.Count > 0 ? string.Join("; ", LastErrors.TakeLast(3)) : "llama.cpp gave no reason";
    }

    /// <summary>A line may come in several calls; those after the first have the level "continued".</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Write(int level, byte* text, void* data)
    {
        try
        {
            lock (Writing)
            {
                if (level != Continued)
                    _level = level;
                Line.Append(Marshal.PtrToStringUTF8((nint)text));
                if (Line.Length == 0 || Line[^1] != '\n')
                    return;
                Flush();
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Nothing may be thrown through native frames.
        }
    }

    private static void Flush()
    {
        var line = Line.ToString().Trim();
        Line.Clear();
        if (line.Length == 0 || _logger is null)
            return;
        if (_level >= Error)
        {
            LastErrors.Enqueue(line);
            if (LastErrors.Count > 16)
                LastErrors.Dequeue();
        }
        if (_level >= Warning)
            Warn(_logger, line);
        else
            Debug(_logger, line);
    }

    [LoggerMessage(LogLevel.Warning, "llama.cpp: {Line}")]
    private static partial void Warn(ILogger logger, string line);

    [LoggerMessage(LogLevel.Debug, "llama.cpp: {Line}")]
    private static partial void Debug(ILogger logger, string line);
}
