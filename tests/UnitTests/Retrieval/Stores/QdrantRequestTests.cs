using System.Text.Json.Nodes;
using LLMoin.Retrieval.Index;
using LLMoin.Retrieval.Qdrant;
using LLMoin.Retrieval.Qdrant.Api;
using LLMoin.TestQdrant;

namespace LLMoin.UnitTests.Retrieval.Stores;

/// <summary>What goes over the wire, sign by sign; expectations are written from Qdrant's OpenAPI description of 1.15.</summary>
public sealed class QdrantRequestTests : IAsyncLifetime
{
    private static readonly Guid Document = Guid.Parse("0199c0de-0000-7000-8000-000000000001");
    private static readonly Guid Collection = Guid.Parse("0199c0de-0000-7000-8000-000000000002");

    private StandInQdrant _server = null!;
    private QdrantParts _parts = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await StandInQdrant.StartAsync(key: "geheim");
        _parts = new QdrantParts(_server.Url, key: "geheim");
        await _parts.Store.PrepareAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _parts.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public void A_collection_is_made_for_many_tenants_with_words_and_meaning()
    {
        Assert.Equal(["GET", "PUT", "PUT", "PUT", "PUT", "PUT", "PUT"], _server.Requests.Select(request => request.Method));
        AssertSent(1, "", """{"vectors":{"meaning":{"size":2,"distance":"Cosine"}},"sparse_vectors":{"words":{"modifier":"idf"}},"hnsw_config":{"m":0,"payload_m":16}}""");
        AssertSent(2, "/index?wait=true", """{"field_name":"tenant","field_schema":{"type":"keyword","is_tenant":true}}""");
        AssertSent(3, "/index?wait=true", """{"field_name":"readers","field_schema":{"type":"keyword"}}""");
        AssertSent(4, "/index?wait=true", """{"field_name":"document","field_schema":{"type":"keyword"}}""");
        AssertSent(5, "/index?wait=true", """{"field_name":"collection","field_schema":{"type":"keyword"}}""");
        AssertSent(6, "/index?wait=true", """{"field_name":"ordinal","field_schema":{"type":"integer","lookup":false,"range":true}}""");
        Assert.All(_server.Requests, request => Assert.Equal("geheim", request.Key));
        Assert.EndsWith("-sinn-klein-2", _parts.Collection.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_there_already_is_not_made_again()
    {
        await _parts.Store.PrepareAsync(CancellationToken.None);
        Assert.Equal("GET", Last.Method);
        Assert.Equal(8, _server.Requests.Count);
    }

    [Fact]
    public async Task A_passage_goes_without_its_text()
    {
        await WriteAsync(Document, "Feuerwehr");
        var upsert = _server.Requests[^2];
        Assert.Equal(("PUT", Path("/points?wait=true")), (upsert.Method, upsert.Path));
        var point = Assert.Single(upsert.Body!["points"]!.AsArray())!;
        Assert.Equal(PointIds.Of(Document, 0), (Guid)point["id"]!);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""{"tenant":"nord","document":"{{Document}}","ordinal":0,"readers":["user:anna","role:user"],"collection":"{{Collection}}"}"""), point["payload"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("[0.6,0.8]"), point["vector"]!["meaning"]));
        Assert.Contains(Dimension.Of("feuerwehr"), point["vector"]!["words"]!["indices"]!.AsArray().Select(index => (uint)index!));
        Assert.DoesNotContain("Feuerwehr", upsert.Body.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        AssertSent(^1, "/points/delete?wait=true", $$$"""{"filter":{"must":[{"key":"tenant","match":{"value":"nord"}},{"key":"document","match":{"any":["{{{Document}}}"]}},{"key":"ordinal","range":{"gte":1}}]}}""");
    }

    [Fact]
    public async Task A_large_document_goes_in_several_requests()
    {
        var passages = Enumerable.Range(0, 150).Select(i => ("", $"Satz {i}")).ToList();
        await _parts.Store.WriteAsync("nord", [new IndexedDocument(Document, ["tenant"], null, "Dokument", passages)], new Dictionary<(Guid, int), float[]>(), CancellationToken.None);
        Assert.Equal([64, 64, 22], _server.Requests.Where(request => request.Path.EndsWith("/points?wait=true", StringComparison.Ordinal)).Select(request => request.Body!["points"]!.AsArray().Count));
        Assert.Equal(150, await _parts.Store.CountAsync("nord", CancellationToken.None));
        AssertSent(^1, "/points/count", """{"filter":{"must":[{"key":"tenant","match":{"value":"nord"}}]}}""");
    }

    [Fact]
    public async Task Documents_with_the_same_new_readers_are_shared_in_one_request()
    {
        var other = Guid.Parse("0199c0de-0000-7000-8000-000000000003");
        await _parts.Store.ShareAsync("nord", [Shared(Document), Shared(other)], CancellationToken.None);
        AssertSent(^1, "/points/payload?wait=true", $$$"""{"payload":{"readers":["role:user"],"collection":null},"filter":{"must":[{"key":"tenant","match":{"value":"nord"}},{"key":"document","match":{"any":["{{{Document}}}","{{{other}}}"]}}]}}""");

        static IndexSource.Shared Shared(Guid id) => new() { Id = id, Readers = ["role:user"] };
    }

    [Fact]
    public async Task A_removal_names_the_tenant()
    {
        await _parts.Store.RemoveAsync("nord", [Document], CancellationToken.None);
        AssertSent(^1, "/points/delete?wait=true", $$$"""{"filter":{"must":[{"key":"tenant","match":{"value":"nord"}},{"key":"document","match":{"any":["{{{Document}}}"]}}]}}""");
    }

    [Fact]
    public async Task A_search_by_words_names_tenant_readers_documents_and_collections()
    {
        var query = new ChunkQuery("§ 5", 7, new HashSet<Guid> { Document }, new HashSet<Guid> { Collection });
        await _parts.Store.SearchAsync("nord", ["tenant", "user:anna"], query, null, CancellationToken.None);
        AssertSent(^1, "/points/query", $$$"""
            {"query":{"indices":[{{{Dimension.Of("§5")}}}],"values":[3]},"using":"words","filter":{"must":[
              {"key":"tenant","match":{"value":"nord"}},{"key":"readers","match":{"any":["tenant","user:anna"]}},
              {"should":[{"key":"document","match":{"any":["{{{Document}}}"]}},{"key":"collection","match":{"any":["{{{Collection}}}"]}}]}]},
             "limit":7,"with_payload":["document","ordinal"]}
            """);
    }

    [Fact]
    public async Task A_search_by_words_and_meaning_filters_both_sides_and_joins_them_there()
    {
        await _parts.Store.SearchAsync("nord", ["tenant"], new ChunkQuery("Feuerwehr", 7), [0.25f, 0.5f], CancellationToken.None);
        const string filter = """{"must":[{"key":"tenant","match":{"value":"nord"}},{"key":"readers","match":{"any":["tenant"]}}]}""";
        var body = Last.Body!;
        Assert.Equal((Path("/points/query"), 2), (Last.Path, body["prefetch"]!.AsArray().Count));
        var words = body["prefetch"]![0]!;
        Assert.Equal(("words", 100), ((string?)words["using"], (int)words["limit"]!));
        Assert.Equal(words["query"]!["indices"]!.AsArray().Count, words["query"]!["values"]!.AsArray().Count);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(filter), words["filter"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""{"query":[0.25,0.5],"using":"meaning","filter":{{filter}},"limit":100}"""), body["prefetch"]![1]));
        body.AsObject().Remove("prefetch");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$$"""{"query":{"fusion":"rrf"},"filter":{{{filter}}},"limit":7,"with_payload":["document","ordinal"]}"""), body));
    }

    [Fact]
    public async Task Nothing_is_asked_in_the_name_of_nobody_or_over_nothing()
    {
        var before = _server.Requests.Count;
        Assert.Empty((await _parts.Store.SearchAsync("nord", [], new ChunkQuery("Feuerwehr", 5), null, CancellationToken.None)).Hits);
        Assert.Empty((await _parts.Store.SearchAsync("nord", ["tenant"], new ChunkQuery("Feuerwehr", 5, new HashSet<Guid>()), [1, 0], CancellationToken.None)).Hits);
        Assert.Equal(before, _server.Requests.Count);
        Assert.Throws<ArgumentException>(() => TenantFilter.Of(" "));
        Assert.Throws<ArgumentException>(() => ReaderFilter.Of("", ["tenant"], new ChunkQuery("Feuerwehr", 5)));
    }

    [Fact]
    public async Task How_far_a_tenant_is_stands_in_a_point_that_no_search_finds()
    {
        Assert.Equal(Progress.None("nord"), await _parts.Store.ProgressAsync("nord", CancellationToken.None));
        await _parts.Store.SaveAsync(new Progress("nord", 12, 7, true), CancellationToken.None);
        AssertSent(^1, "/points?wait=true", $$$"""{"points":[{"id":"{{{PointIds.OfProgress("nord")}}}","vector":{},"payload":{"progress_of":"nord","version":12,"texts":7,"has_vectors":true}}]}""");
        Assert.Equal(new Progress("nord", 12, 7, true), await _parts.Store.ProgressAsync("nord", CancellationToken.None));
        Assert.Equal(Progress.None("sued"), await _parts.Store.ProgressAsync("sued", CancellationToken.None));
        Assert.Equal(0, await _parts.Store.CountAsync("nord", CancellationToken.None));
    }

    [Fact]
    public void A_passage_has_the_same_id_always_and_no_other_has_it()
    {
        Assert.Equal(PointIds.Of(Document, 3), PointIds.Of(Document, 3));
        var ids = Enumerable.Range(0, 1000).Select(i => PointIds.Of(Document, i)).Append(PointIds.Of(Collection, 0)).Append(PointIds.OfProgress("nord")).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal((8, true), (id.Version, id.Variant is >= 8 and <= 11)));
    }

    private SentRequest Last => _server.Requests[^1];

    private string Path(string rest) => $"/collections/{_parts.Collection.Name}{rest}";

    private Task WriteAsync(Guid id, string text)
        => _parts.Store.WriteAsync(
            "nord", [new IndexedDocument(id, ["user:anna", "role:user"], Collection, "Dokument", [("", text)])],
            new Dictionary<(Guid, int), float[]> { [(id, 0)] = [0.6f, 0.8f] }, CancellationToken.None);

    private void AssertSent(Index which, string path, string body)
    {
        var sent = _server.Requests[which];
        Assert.Equal(Path(path), sent.Path);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), sent.Body), $"Sent was {sent.Body?.ToJsonString()}");
    }
}
