using System.ComponentModel.DataAnnotations;

namespace LLMoin.Retrieval;

/// <summary>Section <c>Retrieval</c>.</summary>
internal sealed class RetrievalOptions : IValidatableObject
{
    /// <summary>Where the search index is.</summary>
    public IndexStore Store { get; init; } = IndexStore.Embedded;

    /// <summary>Largest accepted plain text or Markdown in bytes as uploaded.</summary>
    [Range(1_000, 50_000_000)]
    public int MaxTextBytes { get; init; } = 5_000_000;

    /// <summary>Largest accepted file of another format in bytes; the gateway's limit is <c>Limits:DocumentBytes</c>.</summary>
    [Range(1_000, 200_000_000)]
    public int MaxFileBytes { get; init; } = 20_000_000;

    /// <summary>Most documents a tenant may keep; the next upload is refused.</summary>
    [Range(1, 1_000_000)]
    public int MaxDocumentsPerTenant { get; init; } = 20_000;

    /// <summary>Most collections a tenant may keep.</summary>
    [Range(1, 100_000)]
    public int MaxCollectionsPerTenant { get; init; } = 2_000;

    /// <summary>Memory for the embedded indexes of all tenants together; those unused for longest leave first.</summary>
    [Range(16, 65_536)]
    public int IndexMegabytes { get; init; } = 256;

    /// <summary>An index that nobody searched for this long leaves memory; the next search builds it again.</summary>
    [Range(1, 1_440)]
    public int IndexIdleMinutes { get; init; } = 10;

    /// <summary>IANA name of the time zone at the end of whose days it is said how much each tenant keeps.</summary>
    [Required]
    public string TimeZone { get; init; } = "Europe/Berlin";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            yield return new ValidationResult("Retrieval:TimeZone is no known time zone.", [nameof(TimeZone)]);
    }
}

internal enum IndexStore
{
    /// <summary>In the memory of this process.</summary>
    Embedded,

    /// <summary>In a Qdrant of one's own; section <c>Retrieval:Qdrant</c>.</summary>
    Qdrant,
}
