using System.Net;
using LLMoin.Retrieval.Index;
using LLMoin.Retrieval.Index.Ranking;
using LLMoin.Retrieval.Index.Text;
using LLMoin.Retrieval.Qdrant.Api;

namespace LLMoin.Retrieval.Qdrant;

/// <summary>Passages of tenants in Qdrant: writes, shares, removes and finds them. Everything may be repeated without harm.</summary>
internal sealed class QdrantStore(QdrantClient client, QdrantCollection collection)
{
    /// <summary>About a megabyte.</summary>
    private const int PointsPerRequest = 64;

    /// <summary>Makes the collection and its indexes where they are missing.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        if (await client.CollectionAsync(cancellation) is not { } there)
        {
            await CreateAsync(cancellation);
            there = new CollectionInfo(new Dictionary<string, FieldIndex>());
        }

        foreach (var index in QdrantCollection.Indexes.Where(index => !there.PayloadSchema.ContainsKey(index.FieldName)))
            await client.CreateIndexAsync(index, cancellation);
    }

    public Task DropAsync(CancellationToken cancellation) => client.DeleteCollectionAsync(cancellation);

    public async Task<Progress> ProgressAsync(string tenant, CancellationToken cancellation)
        => await client.ProgressAsync(PointIds.OfProgress(tenant), cancellation) ?? Progress.None(tenant);

    public Task SaveAsync(Progress progress, CancellationToken cancellation)
        => client.UpsertAsync(new UpsertProgress([new ProgressPoint(PointIds.OfProgress(progress.ProgressOf), new PointVectors(null, null), progress)]), cancellation);

    /// <summary>Writes documents in place of what they were.</summary>
    /// <param name="tenant">Whose they are.</param>
    /// <param name="documents">With all their passages.</param>
    /// <param name="vectors">The model's, of those passages that have theirs.</param>
    /// <param name="cancellation">Ends the writing.</param>
    public async Task WriteAsync(
        string tenant, IReadOnlyList<IndexedDocument> documents, IReadOnlyDictionary<(Guid Document, int Ordinal), float[]> vectors, CancellationToken cancellation)
    {
        var encoder = new SparseEncoder();
        foreach (var batch in documents.SelectMany(document => document.Passages.Index().Select(passage => (document, passage))).Chunk(PointsPerRequest))
        {
            await client.UpsertAsync(
                new UpsertPoints([.. batch.Select(item => PointOf(tenant, encoder, item.document, item.passage, vectors.GetValueOrDefault((item.document.Id, item.passage.Index))))]),
                cancellation);
        }

        // What is left of a longer text that stood here before.
        foreach (var document in documents)
            await client.DeleteAsync(new PointsOf(TenantFilter.Of(tenant).In([document.Id]).From(document.Passages.Count)), cancellation);
    }

    /// <summary>Gives documents other readers.</summary>
    public async Task ShareAsync(string tenant, IReadOnlyList<IndexSource.Shared> documents, CancellationToken cancellation)
    {
        foreach (var alike in documents.GroupBy(document => (document.CollectionId, Readers: string.Join('\n', document.Readers))))
        {
            var payload = new SharedPayload(alike.First().Readers, alike.Key.CollectionId);
            await client.SetPayloadAsync(new SetPayload(payload, TenantFilter.Of(tenant).In(alike.Select(document => document.Id))), cancellation);
        }
    }

    public Task RemoveAsync(string tenant, IReadOnlyCollection<Guid> documents, CancellationToken cancellation)
        => documents.Count == 0 ? Task.CompletedTask : client.DeleteAsync(new PointsOf(TenantFilter.Of(tenant).In(documents)), cancellation);

    public Task<long> CountAsync(string tenant, CancellationToken cancellation) => client.CountAsync(new PointsOf(TenantFilter.Of(tenant)), cancellation);

    /// <param name="tenant">Who is asked.</param>
    /// <param name="principals">Those of who asks; a document that names none of them as reader is no candidate.</param>
    /// <param name="query">What is sought.</param>
    /// <param name="vector">The query's, for searching by meaning too; null for words alone.</param>
    /// <param name="cancellation">Ends the search.</param>
    public async Task<Found> SearchAsync(
        string tenant, IReadOnlyCollection<string> principals, ChunkQuery query, float[]? vector, CancellationToken cancellation)
    {
        var asked = AskedText.Read(query.Text);
        var words = SparseEncoder.Question(asked);
        var literal = IsLiteral(asked);
        var hybrid = !literal && vector is not null && vector.Length == collection.Dimensions;
        var found = hybrid ? new Found([], SearchKind.Hybrid, null) : new Found([], SearchKind.Lexical, literal ? Found.Literal : Found.NoVectors);
        if (ReaderFilter.Of(tenant, principals, query) is not { } filter || (words is null && !hybrid))
            return found;
        var request = hybrid
            ? PointQuery.Hybrid(words, vector!, filter, Math.Max(Fusion.Depth, query.Limit), query.Limit)
            : PointQuery.ByWords(words!, filter, query.Limit);
        var points = await client.QueryAsync(request, cancellation);
        return found with { Hits = [.. points.Select(point => new ChunkHit(point.Payload.Document, point.Payload.Ordinal, point.Score))] };
    }

    /// <summary>It asks for what stands there literally, which nothing similar in meaning can replace.</summary>
    private static bool IsLiteral(AskedText asked)
        => asked.Quotations.Any(quotation => quotation.Count > 1) || asked.Terms.Any(term => QueryTerm.NamesPlace(term.Term));

    private Point PointOf(string tenant, SparseEncoder encoder, IndexedDocument document, (int Ordinal, (string HeadingPath, string Text) Item) passage, float[]? vector)
    {
        if (vector is not null && collection.Dimensions is { } dimensions && vector.Length != dimensions)
            throw QdrantException.OtherDimensions(dimensions, vector.Length);
        return new Point(
            PointIds.Of(document.Id, passage.Ordinal),
            new PointVectors(encoder.Passage(document.Title, passage.Item.HeadingPath, passage.Item.Text), collection.Dimensions is null ? null : vector),
            new PassagePayload(tenant, document.Id, passage.Ordinal, document.Readers, document.Collection));
    }

    private async Task CreateAsync(CancellationToken cancellation)
    {
        try
        {
            await client.CreateCollectionAsync(collection.Definition, cancellation);
        }
        catch (QdrantException exception) when (exception.Status is HttpStatusCode.Conflict or HttpStatusCode.BadRequest)
        {
            // Another replica may have been quicker.
            if (await client.CollectionAsync(cancellation) is null)
                throw;
        }
    }
}
