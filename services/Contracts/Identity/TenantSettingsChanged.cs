namespace LLMoin.Contracts.Identity;

/// <summary>All of a tenant's settings, as they are now. Of two such messages the one with the higher version counts.</summary>
[Message("identity", "tenant-settings-changed.v1")]
public sealed record TenantSettingsChanged
{
    public required string Tenant { get; init; }

    /// <summary>Counts the changes, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Rules of the agency that every prompt carries; empty for none.</summary>
    public required string PolicyText { get; init; }

    public TenantLetterhead? Letterhead { get; init; }

    /// <summary>Markdown.</summary>
    public required string Imprint { get; init; }

    /// <summary>Markdown.</summary>
    public required string Privacy { get; init; }

    /// <summary>How long conversations are kept; null: until they are deleted.</summary>
    public int? RetentionDays { get; init; }
}

public sealed record TenantLetterhead
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>In one line, above a letter's address.</summary>
    public required string ReturnAddress { get; init; }

    public required IReadOnlyList<string> FooterLines { get; init; }

    /// <summary>PNG or JPEG, in JSON as base64.</summary>
    public byte[]? Logo { get; init; }
}
