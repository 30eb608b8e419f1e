using System.ComponentModel.DataAnnotations;

namespace LLMoin.Retrieval;

/// <summary>Section <c>Retrieval</c>.</summary>
internal sealed class RetrievalOptions
{
    /// <summary>Largest accepted text in bytes as uploaded.</summary>
    [Range(1_000, 50_000_000)]
    public int MaxTextBytes { get; init; } = 5_000_000;

    /// <summary>Most documents a tenant may keep; the next upload is refused.</summary>
    [Range(1, 1_000_000)]
    public int MaxDocumentsPerTenant { get; init; } = 20_000;

    /// <summary>Memory for the embedded indexes of all tenants together; those unused for longest leave first.</summary>
    [Range(16, 65_536)]
    public int IndexMegabytes { get; init; } = 256;

    /// <summary>An index that nobody searched for this long leaves memory; the next search builds it again.</summary>
    [Range(1, 1_440)]
    public int IndexIdleMinutes { get; init; } = 10;
}
