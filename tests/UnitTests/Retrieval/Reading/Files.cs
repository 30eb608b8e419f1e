using LLMoin.Retrieval.Reading;
using LLMoin.Retrieval.Reading.Isolation;
using Microsoft.Extensions.Logging.Abstractions;

namespace LLMoin.UnitTests.Retrieval.Reading;

/// <summary>Reading files as the reading process does.</summary>
internal static class Files
{
    public static readonly ReadingOptions Options = new() { Tesseract = "no-such-program" };

    public static ReadDocument Read(byte[] file, string name, ReadingOptions? options = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return ReadingSession.Read(file, name, options ?? Options, null, limit.Token);
    }

    /// <summary>The reason why a file cannot be read.</summary>
    public static ReadingReason Refusal(byte[] file, string name, ReadingOptions? options = null)
        => Assert.Throws<ReadingException>(() => Read(file, name, options)).Reason;

    /// <summary>Reads a file as the service does, in a process of its own.</summary>
    public static async Task<ReadingOutcome> ReadElsewhereAsync(byte[] file, string name, ReadingOptions options, IProgress<ReadingProgress>? progress = null)
    {
        using var process = new ReadingProcess(Microsoft.Extensions.Options.Options.Create(options), NullLogger<ReadingProcess>.Instance);
        return await process.ReadAsync(file, name, progress, CancellationToken.None);
    }

    /// <summary>The text of a block, markers included.</summary>
    public static string TextOf(this ReadDocument document, Block block) => document.Text[block.Start..block.End];

    public static IReadOnlyList<string> Texts(this ReadDocument document, BlockKind kind)
        => [.. document.Blocks.Where(block => block.Kind == kind).Select(document.TextOf)];
}
