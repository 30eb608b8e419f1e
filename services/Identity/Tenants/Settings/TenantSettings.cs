using System.Text;
using LLMoin.Contracts.Identity;
using LLMoin.Exports.Pictures;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Identity.Tenants.Settings;

/// <summary>What a tenant has settled for all its people. What is absent is empty.</summary>
internal sealed record TenantSettings
{
    public const int MaxPolicyText = 4000;
    public const int MaxLogoBytes = 200_000;
    private const int MaxMarkdownBytes = 20 * 1024;
    private const int MaxLine = 200;
    private const int MostLines = 8;
    private const int MaxRetentionDays = 3650;

    /// <summary>Rules of the agency that every prompt carries, up to 4000 characters.</summary>
    public string? PolicyText { get; init; } = "";

    public TenantLetterhead? Letterhead { get; init; }

    /// <summary>Markdown, up to 20 kB.</summary>
    public string? Imprint { get; init; } = "";

    /// <summary>Markdown, up to 20 kB.</summary>
    public string? Privacy { get; init; } = "";

    /// <summary>1 to 3650; null: conversations are kept until they are deleted.</summary>
    public int? RetentionDays { get; init; }

    public ProblemResult? Check()
    {
        if (PolicyText?.Length > MaxPolicyText || PolicyText?.Contains('\0') == true)
            return Wrong("policyText", $"At most {MaxPolicyText} characters.", $"Höchstens {MaxPolicyText} Zeichen.");
        if (!IsMarkdown(Imprint))
            return Wrong("imprint", $"At most {MaxMarkdownBytes} bytes.", $"Höchstens {MaxMarkdownBytes} Bytes.");
        if (!IsMarkdown(Privacy))
            return Wrong("privacy", $"At most {MaxMarkdownBytes} bytes.", $"Höchstens {MaxMarkdownBytes} Bytes.");
        if (RetentionDays is < 1 or > MaxRetentionDays)
            return Wrong("retentionDays", $"1 to {MaxRetentionDays}, or null.", $"1 bis {MaxRetentionDays}, oder leer.");
        return Letterhead is { } head ? Check(head) : null;
    }

    private static ProblemResult? Check(TenantLetterhead head)
    {
        if (string.IsNullOrWhiteSpace(head.Name) || !IsLine(head.Name))
            return Wrong("letterhead.name", $"1 to {MaxLine} characters.", $"1 bis {MaxLine} Zeichen.");
        if (!IsLine(head.ReturnAddress))
            return Wrong("letterhead.returnAddress", $"At most {MaxLine} characters.", $"Höchstens {MaxLine} Zeichen.");
        if (!AreLines(head.Lines))
            return Wrong("letterhead.lines", $"At most {MostLines} lines of {MaxLine} characters.", $"Höchstens {MostLines} Zeilen mit je {MaxLine} Zeichen.");
        if (!AreLines(head.FooterLines))
            return Wrong("letterhead.footerLines", $"At most {MostLines} lines of {MaxLine} characters.", $"Höchstens {MostLines} Zeilen mit je {MaxLine} Zeichen.");
        return head.Logo is null || (head.Logo.Length <= MaxLogoBytes && Picture.TryRead(head.Logo) is not null)
            ? null
            : Wrong("letterhead.logo", $"PNG (8 bits a channel, not interlaced) or JPEG of at most {MaxLogoBytes} bytes and {Picture.MaxSide} pixels each way.",
                $"PNG (8 Bit je Kanal, ohne Interlacing) oder JPEG mit höchstens {MaxLogoBytes} Bytes und {Picture.MaxSide} Bildpunkten je Seite.");
    }

    private static bool AreLines(IReadOnlyList<string>? lines) => lines is { Count: <= MostLines } && lines.All(IsLine);

    private static bool IsLine(string? line) => line is { Length: <= MaxLine } && !line.Any(char.IsControl);

    private static bool IsMarkdown(string? text) => text is null || (Encoding.UTF8.GetByteCount(text) <= MaxMarkdownBytes && !text.Contains('\0'));

    private static ProblemResult Wrong(string field, string detail, string detailDe) => new(ProblemType.InvalidRequest, detail, field, detailDe);
}
