using System.Buffers.Binary;
using System.Text.Json;

namespace LLMoin.Retrieval.Reading.Isolation;

/// <summary>
/// How the reading process tells how far it is, on standard output before its outcome: messages of JSON, each behind its length in
/// four bytes; a length of 0 ends them.
/// </summary>
internal static class ProgressPipe
{
    /// <summary>Far above any; what is longer comes from a process that was taken over.</summary>
    private const int LongestMessage = 4_096;

    public static IProgress<ReadingProgress> Into(Stream output) => new Writer(output);

    public static void End(Stream output) => output.Write(stackalloc byte[sizeof(int)]);

    /// <summary>Passes messages on until they end, or the process does.</summary>
    public static async Task CopyAsync(Stream output, IProgress<ReadingProgress>? progress, CancellationToken cancellation)
    {
        var length = new byte[sizeof(int)];
        var message = new byte[LongestMessage];
        while (await output.ReadAtLeastAsync(length, length.Length, throwOnEndOfStream: false, cancellation) == length.Length
               && BinaryPrimitives.ReadInt32LittleEndian(length) is var bytes and not 0)
        {
            if (bytes is < 0 or > LongestMessage)
                throw new InvalidDataException("The reading process answers what it may not.");
            if (await output.ReadAtLeastAsync(message.AsMemory(0, bytes), bytes, throwOnEndOfStream: false, cancellation) < bytes)
                return;
            progress?.Report(JsonSerializer.Deserialize(message.AsSpan(0, bytes), ReadingJson.Default.ReadingProgress)!);
        }
    }

    private sealed class Writer(Stream output) : IProgress<ReadingProgress>
    {
        public void Report(ReadingProgress value)
        {
            var message = JsonSerializer.SerializeToUtf8Bytes(value, ReadingJson.Default.ReadingProgress);
            output.Write(BitConverter.GetBytes(message.Length));
            output.Write(message);
            output.Flush();
        }
    }
}
