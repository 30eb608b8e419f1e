using System.ComponentModel.DataAnnotations;

namespace LLMoin.Gateway.Limits;

/// <summary>
/// Section <c>Limits</c>. Counted in each gateway process on its own: behind n replicas the platform admits up to n times as much.
/// </summary>
internal sealed class LimitOptions
{
    [Range(1, 1_000_000)] public int UserRequestsPerMinute { get; init; } = 300;
    [Range(1, 10_000_000)] public int TenantRequestsPerMinute { get; init; } = 6_000;

    /// <summary>Answers and embeddings under way at once.</summary>
    [Range(1, 100_000)] public int UserConcurrentGenerations { get; init; } = 8;
    [Range(1, 1_000_000)] public int TenantConcurrentGenerations { get; init; } = 256;

    /// <summary>Requests to routes that need no sign-in, per address (IPv6: per /64).</summary>
    [Range(1, 1_000_000)] public int AddressRequestsPerMinute { get; init; } = 600;

    /// <summary>Of these, posted sign-in forms and token requests; a whole town hall may sit behind one address, and identity locks accounts itself.</summary>
    [Range(1, 1_000_000)] public int SignInAttemptsPerMinute { get; init; } = 300;

    /// <summary>Largest body in bytes of every route but the next.</summary>
    [Range(1, long.MaxValue)] public long JsonBytes { get; init; } = 1 << 20;

    /// <summary>Largest body in bytes of <c>/api/retrieval/documents</c>.</summary>
    [Range(1, long.MaxValue)] public long DocumentBytes { get; init; } = 20 << 20;

    public long BytesFor(PathString path) => path.StartsWithSegments("/api/retrieval/documents") ? DocumentBytes : JsonBytes;
}
