using System.ComponentModel.DataAnnotations;

namespace LLMoin.Retrieval.Reading;

/// <summary>Section <c>Retrieval:Reading</c>: how far a document is followed before it fails, alone and with a reason.</summary>
internal sealed record ReadingOptions
{
    /// <summary>Most seconds for one document, text recognition included. The broker must wait longer for an acknowledgement (its default: 1800).</summary>
    [Range(1, 1_500)]
    public int Seconds { get; init; } = 300;

    /// <summary>Most memory for one document: heap of the process that reads it.</summary>
    [Range(64, 16_384)]
    public int MemoryMegabytes { get; init; } = 768;

    /// <summary>Documents read at once by one replica.</summary>
    [Range(1, 64)]
    public int Parallel { get; init; } = 2;

    /// <summary>Most pages, slides and sheets, those of attachments included.</summary>
    [Range(1, 100_000)]
    public int MaxPages { get; init; } = 2_000;

    /// <summary>Longest text in UTF-16 code units.</summary>
    [Range(1_000, 50_000_000)]
    public int MaxCharacters { get; init; } = 5_000_000;

    /// <summary>How deep archives and attachments are opened; 0 opens none.</summary>
    [Range(0, 10)]
    public int MaxDepth { get; init; } = 3;

    /// <summary>Most files inside a document, at all depths together.</summary>
    [Range(1, 100_000)]
    public int MaxEntries { get; init; } = 1_000;

    /// <summary>Most bytes that one compressed byte may become, from the first megabyte on.</summary>
    [Range(2, 10_000)]
    public int MaxExpansionRatio { get; init; } = 200;

    /// <summary>Most bytes that all compressed content of a document may become together.</summary>
    [Range(1_000_000, 4_000_000_000)]
    public long MaxExpandedBytes { get; init; } = 400_000_000;

    /// <summary>The program that recognises text in pictures: a name on the path or a file. Where it is missing, such pages are reported as unread.</summary>
    [Required]
    public string Tesseract { get; init; } = "tesseract";

    /// <summary>The language, as tesseract calls it, of the texts to recognise.</summary>
    [Required, RegularExpression("^[a-z_+]+$")]
    public string RecognitionLanguage { get; init; } = "deu";

    /// <summary>Most pages per document whose text is recognised, at some seconds each; it also ends when most of the time is over.</summary>
    [Range(0, 10_000)]
    public int MaxRecognisedPages { get; init; } = 100;
}
