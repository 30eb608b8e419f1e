using System.Globalization;

namespace LLMoin.Exports.Text;

/// <summary>The words that an export adds, in the document's language.</summary>
internal sealed record Wording
{
    public required string Tag { get; init; }

    public required string Sources { get; init; }

    public required string Page { get; init; }

    public required string AiGenerated { get; init; }

    public required string WithModel { get; init; }

    public required string Quoted { get; init; }

    public required string YourReference { get; init; }

    public required string YourMessageOf { get; init; }

    public required string OurReference { get; init; }

    public required string Name { get; init; }

    public required string Telephone { get; init; }

    public required string Mail { get; init; }

    public required string Date { get; init; }

    public required string Salutation { get; init; }

    public required string Closing { get; init; }

    public required string Attachment { get; init; }

    public required string Attachments { get; init; }

    public required string PageOf { get; init; }

    private static CultureInfo Culture => CultureInfo.InvariantCulture;

    public static Wording Of(ExportDocument document) => document.Language == ExportLanguage.English ? English : German;

    /// <summary>As DIN 5008 writes dates in figures; in English as ISO 8601, which nobody misreads.</summary>
    public string Write(DateOnly date) => date.ToString(Tag == "de" ? "dd.MM.yyyy" : "yyyy-MM-dd", Culture);

    public string Mark(AiMark mark) => string.Format(Culture, WithModel, AiGenerated, mark.Model, Write(mark.Date));

    public string PageNumber(int page, int of) => string.Format(Culture, PageOf, page, of);

    /// <summary>The source in one line, without its number: title, page, heading.</summary>
    public string Place(ExportSource source) => string.Join(", ", new[]
    {
        source.Title, source.Page is { } page ? string.Create(Culture, $"{Page} {page}") : null, source.Heading,
    }.Where(part => part is not null));

    public string Quote(string quote) => string.Format(Culture, Quoted, quote);

    /// <summary>A letter's information block: what is known, in the order of DIN 5008.</summary>
    public IReadOnlyList<(string Label, string Value)> Information(Letter letter) => [.. new (string Label, string? Value)[]
    {
        (YourReference, letter.YourReference),
        (YourMessageOf, letter.YourMessageOf is { } date ? Write(date) : null),
        (OurReference, letter.OurReference),
        (Name, letter.ContactName),
        (Telephone, letter.Telephone),
        (Mail, letter.Mail),
        (Date, Write(letter.Date)),
    }.Where(line => line.Value is not null).Select(line => (line.Label, line.Value!))];

    private static readonly Wording German = new()
    {
        Tag = "de",
        Sources = "Quellen",
        Page = "S.",
        AiGenerated = "KI-generiert",
        WithModel = "{0} mit dem Modell {1} am {2}",
        Quoted = "„{0}“",
        YourReference = "Ihr Zeichen",
        YourMessageOf = "Ihre Nachricht vom",
        OurReference = "Unser Zeichen",
        Name = "Name",
        Telephone = "Telefon",
        Mail = "E-Mail",
        Date = "Datum",
        Salutation = "Sehr geehrte Damen und Herren,",
        Closing = "Mit freundlichen Grüßen",
        Attachment = "Anlage",
        Attachments = "Anlagen",
        PageOf = "Seite {0} von {1}",
    };

    private static readonly Wording English = new()
    {
        Tag = "en",
        Sources = "Sources",
        Page = "p.",
        AiGenerated = "AI-generated",
        WithModel = "{0} with the model {1} on {2}",
        Quoted = "“{0}”",
        YourReference = "Your reference",
        YourMessageOf = "Your message of",
        OurReference = "Our reference",
        Name = "Name",
        Telephone = "Telephone",
        Mail = "E-mail",
        Date = "Date",
        Salutation = "Dear Sir or Madam,",
        Closing = "Yours faithfully",
        Attachment = "Enclosure",
        Attachments = "Enclosures",
        PageOf = "Page {0} of {1}",
    };
}
