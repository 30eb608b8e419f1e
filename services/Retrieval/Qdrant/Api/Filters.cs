using LLMoin.Retrieval.Index;

namespace LLMoin.Retrieval.Qdrant.Api;

/// <summary>
/// Qdrant's <c>Condition</c>: a field that matches or lies in a range, or a filter of which one part must hold.
/// </summary>
internal sealed record Condition(string? Key = null, Match? Match = null, Range? Range = null, IReadOnlyList<Condition>? Should = null)
{
    public static Condition Is(string key, string value) => new(key, new Match(Value: value));

    public static Condition IsAny(string key, IEnumerable<string> values) => new(key, new Match(Any: [.. values]));
}

/// <summary><c>MatchValue</c> or <c>MatchAny</c>: with a list in the payload one common value suffices.</summary>
internal sealed record Match(string? Value = null, IReadOnlyList<string>? Any = null);

internal sealed record Range(int Gte);

/// <summary>Points of one tenant, for the service's own work. There is no filter without a tenant: no request can be built over all.</summary>
internal sealed class TenantFilter
{
    private TenantFilter(IReadOnlyList<Condition> must) => Must = must;

    public IReadOnlyList<Condition> Must { get; }

    public static TenantFilter Of(string tenant)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tenant);
        return new TenantFilter([Condition.Is(Fields.Tenant, tenant)]);
    }

    public TenantFilter In(IEnumerable<Guid> documents) => new([.. Must, Condition.IsAny(Fields.Document, documents.Select(id => id.ToString()))]);

    /// <summary>Passages from this ordinal on.</summary>
    public TenantFilter From(int ordinal) => new([.. Must, new Condition(Fields.Ordinal, Range: new Range(ordinal))]);
}

/// <summary>
/// Points that somebody may read and asks about: what a search is over. Tenant and principals are in it by construction, so a query
/// over what is foreign cannot be built.
/// </summary>
internal sealed class ReaderFilter
{
    private ReaderFilter(IReadOnlyList<Condition> must) => Must = must;

    public IReadOnlyList<Condition> Must { get; }

    /// <param name="tenant">Whose points.</param>
    /// <param name="principals">Those of who asks; one must be among a passage's readers.</param>
    /// <param name="query">Names the documents and collections, if any.</param>
    /// <returns>Null where nothing can match: without principals, or where it names an empty choice.</returns>
    public static ReaderFilter? Of(string tenant, IReadOnlyCollection<string> principals, ChunkQuery query)
    {
        if (principals.Count == 0)
            return null;
        IReadOnlyList<Condition> readable = [.. TenantFilter.Of(tenant).Must, Condition.IsAny(Fields.Readers, principals)];
        if (query.DocumentIds is null && query.CollectionIds is null)
            return new ReaderFilter(readable);
        IReadOnlyList<Condition> wanted = [.. Any(Fields.Document, query.DocumentIds), .. Any(Fields.Collection, query.CollectionIds)];
        return wanted.Count == 0 ? null : new ReaderFilter([.. readable, new Condition(Should: wanted)]);
    }

    private static IEnumerable<Condition> Any(string key, IReadOnlySet<Guid>? ids)
        => ids is { Count: > 0 } ? [Condition.IsAny(key, ids.Select(id => id.ToString()))] : [];
}
