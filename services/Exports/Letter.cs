namespace LLMoin.Exports;

/// <summary>The fields of a business letter after DIN 5008, form B; the document's blocks are its text. What is empty is left out.</summary>
public sealed record Letter
{
    /// <summary>Up to six lines; the field has room for no more.</summary>
    public required IReadOnlyList<string> Recipient { get; init; }

    /// <summary>Up to three lines above the recipient, e.g. "Einschreiben".</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>"Ihr Zeichen".</summary>
    public string? YourReference { get; init; }

    /// <summary>"Ihre Nachricht vom".</summary>
    public DateOnly? YourMessageOf { get; init; }

    /// <summary>"Unser Zeichen".</summary>
    public string? OurReference { get; init; }

    public string? ContactName { get; init; }

    public string? Telephone { get; init; }

    public string? Mail { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>Bold and without "Betreff:".</summary>
    public required string Subject { get; init; }

    /// <summary>With its comma; null for the general one.</summary>
    public string? Salutation { get; init; }

    /// <summary>Null for "Mit freundlichen Grüßen".</summary>
    public string? Closing { get; init; }

    /// <summary>Who signs, below the room for the signature.</summary>
    public string? SignatureName { get; init; }

    public IReadOnlyList<string> Attachments { get; init; } = [];
}
