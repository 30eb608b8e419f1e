using System.Text.Json;

namespace LLMoin.Retrieval.Reading.Isolation;

/// <summary>
/// The program's other face: reads one document from standard input and writes what it found to standard output. What a hostile
/// file can do to a library (loops, memory, stack) it does to this process, which the service outlives.
/// </summary>
internal static class ReadCommand
{
    public const string Name = "read";

    /// <summary>Seconds behind the time limit until the process ends itself, should nobody be left to end it.</summary>
    private const int Grace = 10;

    private const int TookTooLong = 3;

    /// <returns>The process's exit code.</returns>
    public static int Run()
    {
        VolunteerForOutOfMemory();
        using var input = new BinaryReader(Console.OpenStandardInput());
        var request = JsonSerializer.Deserialize(input.ReadBytes(input.ReadInt32()), ReadingJson.Default.ReadingRequest)!;
        using var last = new Timer(_ => Environment.Exit(TookTooLong), null, TimeSpan.FromSeconds(request.Options.Seconds + Grace), Timeout.InfiniteTimeSpan);
        using var buffer = new MemoryStream();
        input.BaseStream.CopyTo(buffer);

        using var output = Console.OpenStandardOutput();
        var outcome = Read(buffer.ToArray(), request, ProgressPipe.Into(output));
        ProgressPipe.End(output);
        JsonSerializer.Serialize(output, outcome, ReadingJson.Default.ReadingOutcome);
        return 0;
    }

    /// <summary>The same in this process, for formats that no library parses.</summary>
    public static ReadingOutcome Read(byte[] file, ReadingRequest request, IProgress<ReadingProgress>? progress)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(request.Options.Seconds));
        try
        {
            return new ReadingOutcome(ReadingSession.Read(file, request.Name, request.Options, progress, limit.Token), null);
        }
        catch (ReadingException exception)
        {
            return ReadingOutcome.Failed(exception.Reason);
        }
        catch (OperationCanceledException)
        {
            return ReadingOutcome.Failed(ReadingReason.TooSlow);
        }
    }

    /// <summary>The heap is limited, what libraries take beside it is not: where the machine runs short, this process goes first.</summary>
    private static void VolunteerForOutOfMemory()
    {
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "1000");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No Linux, or a container that does not allow it: then the kernel chooses.
        }
    }
}
