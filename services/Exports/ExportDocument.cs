using LLMoin.Exports.Blocks;

namespace LLMoin.Exports;

public enum ExportLanguage
{
    German,
    English,
}

/// <summary>What is exported, in no format yet. Any text may come from a model or a stranger: it is written as text and nothing else.</summary>
public sealed record ExportDocument
{
    public required string Title { get; init; }

    /// <summary>Of the text, and of the words that the export adds.</summary>
    public ExportLanguage Language { get; init; } = ExportLanguage.German;

    /// <summary>When the export is made; the library has no clock.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The text; <see cref="MarkdownText.Read"/> makes it of a model's answer.</summary>
    public required IReadOnlyList<Block> Blocks { get; init; }

    public Letterhead? Letterhead { get; init; }

    /// <summary>Makes it a letter after DIN 5008, form B; <see cref="Title"/> is then not printed, the letter's subject is.</summary>
    public Letter? Letter { get; init; }

    /// <summary>What <c>[n]</c> in the text refers to.</summary>
    public IReadOnlyList<ExportSource> Sources { get; init; } = [];

    /// <summary>That the text was generated, for readers and machines; null for a text by people.</summary>
    public AiMark? Mark { get; init; }

    /// <summary>Lines above the text, e.g. "Entwurf – zur menschlichen Prüfung" or what a summary covers.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}

/// <summary>Whose paper it is.</summary>
/// <param name="Name">The agency.</param>
/// <param name="Lines">Below the name: address, telephone, web.</param>
/// <param name="ReturnAddress">In one line, above a letter's address.</param>
/// <param name="FooterLines">At the foot of each page.</param>
/// <param name="Logo">PNG or JPEG as <see cref="Pictures.Picture"/> takes it; null for none.</param>
public sealed record Letterhead(
    string Name, IReadOnlyList<string> Lines, string ReturnAddress, IReadOnlyList<string> FooterLines, byte[]? Logo = null);

/// <summary>One passage that the text cites.</summary>
/// <param name="Number">As in <c>[n]</c>.</param>
/// <param name="Title">The document's.</param>
/// <param name="Page">From 1; null where the document has none.</param>
/// <param name="Heading">Where in the document.</param>
/// <param name="Quote">What stands there.</param>
public sealed record ExportSource(int Number, string Title, int? Page = null, string? Heading = null, string? Quote = null);

/// <summary>
/// The mark of Article 50 of Regulation (EU) 2024/1689. Machines find it as <see cref="DigitalSourceType"/>.
/// </summary>
/// <param name="Model">The model's name, or several with commas.</param>
/// <param name="Date">When the text was generated.</param>
public sealed record AiMark(string Model, DateOnly Date)
{
    /// <summary>IPTC's term for what a trained model has made, https://cv.iptc.org/newscodes/digitalsourcetype/.</summary>
    public const string DigitalSourceType = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
}
