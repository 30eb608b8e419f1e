using System.Net;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;

namespace LLMoin.RetrievalTests.Isolation;

/// <summary>Looks at everything through one person's eyes, on one replica: exactly what the world says is theirs must be there.</summary>
internal sealed class Inspection(World world, RawDatabase database, ServiceProcess replica, Member member)
{
    private const int MostPassages = 20;

    private readonly IReadOnlyList<Paper> _readable = world.ReadableBy(member);

    public async Task ListsAndSearchesAsync()
    {
        using var client = replica.ClientFor(member.Caller);
        await FindsAsync(client, _readable, null, null);
        await FindsAsync(client, [], [], null);
        await ListsAsync(client, RetrievalClient.Documents, _readable.Select(paper => paper.Id));
        await ListsAsync(client, RetrievalClient.Collections, world.Shelves.Where(shelf => World.Sees(member, shelf)).Select(shelf => shelf.Id));
        foreach (var table in new[] { "documents", "chunks", "document_files" })
            Assert.Equal(_readable.Count, await database.CountAsync(table, member.Caller));
    }

    /// <returns>Whether it may be read.</returns>
    public async Task<bool> OpensAsync(Paper paper)
    {
        using var client = replica.ClientFor(member.Caller);
        var readable = _readable.Contains(paper);
        await FindsAsync(client, readable ? [paper] : [], [paper.Id], null);
        await GetsAsync(client, paper, "", readable, null);
        await GetsAsync(client, paper, "/content", readable, paper.Text);
        await GetsAsync(client, paper, "/content?start=4&end=15", readable, paper.Text[4..15]);
        await GetsAsync(client, paper, "/file", readable, paper.Text);
        // A word that only this document has.
        var found = await client.SearchAsync(paper.Word);
        Assert.Equal(readable, found.Ids().Contains(paper.Id));
        return readable;
    }

    public async Task OpensAsync(Shelf shelf)
    {
        using var client = replica.ClientFor(member.Caller);
        Paper[] papers = [.. _readable.Where(paper => paper.Shelf == shelf)];
        await FindsAsync(client, papers, null, [shelf.Id]);
        var loose = _readable.FirstOrDefault(paper => paper.Shelf is null);
        if (loose is not null)
            await FindsAsync(client, [.. papers, loose], [loose.Id], [shelf.Id]);
        if (!World.Sees(member, shelf))
        {
            await client.GetAsync($"{RetrievalClient.Collections}/{shelf.Id}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
            return;
        }

        var seen = await client.GetAsync($"{RetrievalClient.Collections}/{shelf.Id}").OkAsync();
        Assert.Equal(papers.Length, (int)seen["documents"]!);
        Assert.Equal(World.Manages(member, shelf), seen["readers"] is not null);
        await ListsAsync(client, RetrievalClient.Documents, papers.Select(paper => paper.Id), $"&collectionId={shelf.Id}");
    }

    /// <summary>As many passages are asked for as there should be: one that is not theirs would push out one that is.</summary>
    private static async Task FindsAsync(HttpClient client, IReadOnlyList<Paper> expected, Guid[]? documents, Guid[]? collections)
    {
        var limit = Math.Clamp(expected.Count, 1, MostPassages);
        var found = (await client.PostAsync("/api/retrieval/searches", new JsonObject
        {
            ["query"] = "Bauvorhaben",
            ["limit"] = limit,
            ["documentIds"] = Array(documents),
            ["collectionIds"] = Array(collections),
        }).OkAsync())["passages"]!.AsArray();
        Assert.Equal(Math.Min(expected.Count, limit), found.Ids().Distinct().Count());
        foreach (var passage in found)
        {
            var paper = expected.SingleOrDefault(paper => paper.Id == (Guid)passage!["documentId"]!);
            Assert.True(paper is not null, $"{passage!["documentId"]} is found and should not be");
            Assert.Equal(paper.Text, (string?)passage["text"]);
        }
    }

    private static async Task ListsAsync(HttpClient client, string path, IEnumerable<Guid> expected, string filter = "")
        => Assert.Equal(expected.Order(), (await client.GetAsync($"{path}?limit=200{filter}").OkAsync())["items"]!.AsArray().Select(item => (Guid)item!["id"]!).Order());

    private static async Task GetsAsync(HttpClient client, Paper paper, string path, bool readable, string? text)
    {
        using var response = await client.GetAsync($"{RetrievalClient.Documents}/{paper.Id}{path}");
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal((paper.Id, readable ? HttpStatusCode.OK : HttpStatusCode.NotFound), (paper.Id, response.StatusCode));
        Assert.True(response.Headers.CacheControl?.NoStore, "the answer may be kept by caches");
        if (readable && text is not null)
            Assert.Equal(text, body);
        if (!readable)
            Assert.DoesNotContain(paper.Word, body, StringComparison.Ordinal);
    }

    private static JsonArray? Array(Guid[]? ids) => ids is null ? null : new JsonArray([.. ids.Select(id => (JsonNode)id.ToString())]);
}
