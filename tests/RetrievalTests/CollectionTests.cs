using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceBed;

namespace LLMoin.RetrievalTests;

public sealed class CollectionTests(Servers servers)
{
    private const string Path = RetrievalClient.Collections;

    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task A_collection_is_read_by_the_people_departments_and_roles_it_names_and_by_nobody_else()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var manager = service.ClientFor(Person("mona", ["user", "source-manager"], "bau"));
        using var builder = service.ClientFor(Person("bert", ["user"], "bau"));
        using var guest = service.ClientFor(Person("gerd", ["user"]));
        using var editor = service.ClientFor(Person("edda", ["prompt-editor"]));
        using var outsider = service.ClientFor(Person("otto", ["user", "prompt-approver", "tenant-admin"], "bauhof"));
        using var stranger = service.ClientFor(Person("bert", ["user", "tenant-admin"], "bau") with { Tenant = _tenant + "x" });
        var collection = await manager.CollectionAsync("department:bau", "department:bau", "user:gerd", "role:prompt-editor");
        var document = await manager.ReadyInAsync(collection, "Die Brücke am Hafen wird gesperrt.");

        foreach (var reader in new[] { manager, builder, guest, editor })
        {
            Assert.Equal([document], (await reader.SearchAsync("Brücke")).Ids());
            Assert.Equal([document], (await reader.SearchInAsync("Brücke", collection)).Ids());
            Assert.Single((await reader.GetAsync($"{RetrievalClient.Documents}?collectionId={collection}").OkAsync())["items"]!.AsArray());
            Assert.Equal(1, (int)(await reader.GetAsync($"{Path}/{collection}").OkAsync())["documents"]!);
        }

        foreach (var other in new[] { outsider, stranger })
        {
            Assert.Empty(await other.SearchAsync("Brücke", document));
            Assert.Empty(await other.SearchInAsync("Brücke", collection));
            await other.GetAsync($"{RetrievalClient.Documents}/{document}/content").ProblemAsync(HttpStatusCode.NotFound, "not-found");
            Assert.Empty((await other.GetAsync(RetrievalClient.Documents).OkAsync())["items"]!.AsArray());
        }

        // Who manages a collection sees its name and readers, not what is in it; who only reads it, not who else does.
        var managed = await outsider.GetAsync($"{Path}/{collection}").OkAsync();
        Assert.Equal((0, true, false), ((int)managed["documents"]!, (bool)managed["mayManage"]!, (bool)managed["mayUpload"]!));
        Assert.Equal(3, managed["readers"]!.AsArray().Count);
        Assert.Null((await guest.GetAsync($"{Path}/{collection}").OkAsync())["readers"]);
        await stranger.GetAsync($"{Path}/{collection}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Empty((await stranger.GetAsync(Path).OkAsync())["items"]!.AsArray());
    }

    [Fact]
    public async Task Sharing_and_its_end_count_at_the_next_search_of_every_replica()
    {
        var first = await servers.ServiceAsync("Retrieval");
        var second = await servers.StartServiceAsync("Retrieval", ("ConnectionStrings__retrieval", first.Setting("ConnectionStrings__retrieval")));
        try
        {
            using var anna = first.ClientFor(_tenant, "anna", "user");
            using var berta = second.ClientFor(_tenant, "berta", "user");
            var collection = await anna.CollectionAsync();
            var documents = new List<Guid>();
            for (var i = 0; i < 5; i++)
                documents.Add(await anna.ReadyInAsync(collection, $"Die Straßenbahnlinie {i} hält am Rathaus."));
            for (var i = 0; i < 3; i++)
            {
                Assert.Empty(await berta.SearchAsync("Straßenbahn"));
                await anna.ShareAsync(collection, "user:berta").OkAsync();
                Assert.Equal(documents.Order(), (await berta.SearchAsync("Straßenbahn")).Ids().Order());
                await anna.ShareAsync(collection, "user:cora").OkAsync();
            }

            Assert.Equal(5, (await anna.SearchAsync("Straßenbahn")).Count);
        }
        finally
        {
            await second.KillAsync();
        }
    }

    [Fact]
    public async Task A_documents_own_readers_stand_in_place_of_its_collections()
    {
        var service = await servers.ServiceAsync("Retrieval");
        await using var database = new RawDatabase(service);
        using var anna = service.ClientFor(_tenant, "anna", "user");
        using var berta = service.ClientFor(_tenant, "berta", "user");
        var collection = await anna.CollectionAsync(null, "user:anna", "user:berta");
        var document = await anna.ReadyInAsync(collection, "Der Haushalt wird im Mai beraten.");
        Assert.Single(await berta.SearchAsync("Haushalt"));

        await database.MirrorAsync(_tenant, "update documents set own_readers = '{group:wiki/rat}' where id = $1", document);
        await database.MirrorAsync(_tenant, "insert into group_members (tenant, member, principal) values ($1, 'user:cora', 'group:wiki/rat')", _tenant);
        using var cora = service.ClientFor(_tenant, "cora", "user");
        await anna.ShareAsync(collection, "user:berta", "user:dora").OkAsync();

        Assert.Equal([document], (await cora.SearchAsync("Haushalt")).Ids());
        foreach (var other in new[] { anna, berta })
        {
            Assert.Empty(await other.SearchAsync("Haushalt"));
            await other.GetAsync($"{RetrievalClient.Documents}/{document}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        await database.MirrorAsync(_tenant, "update documents set own_readers = null where id = $1", document);
        Assert.Empty(await cora.SearchAsync("Haushalt"));
        Assert.Single(await berta.SearchAsync("Haushalt"));
    }

    [Fact]
    public async Task A_deleted_collection_takes_its_documents_with_it_and_leaves_nothing_behind()
    {
        var service = await servers.ServiceAsync("Retrieval");
        await using var database = new RawDatabase(service);
        using var manager = service.ClientFor(Person("mona", ["source-manager"]));
        using var reader = service.ClientFor(_tenant, "anna", "user");
        using var admin = service.ClientFor(_tenant, "adam", "tenant-admin");
        var collection = await manager.CollectionAsync("tenant", "role:user", "user:mona");
        await manager.ReadyInAsync(collection, "Der Friedhof schließt um zwanzig Uhr.");
        await manager.ReadyInAsync(collection, "Der Friedhof ist kein Park.");
        var kept = await reader.ReadyAsync("Mein Zettel über den Friedhof.");
        Assert.Equal(3, (await reader.SearchAsync("Friedhof")).Count);

        await reader.DeleteAsync($"{Path}/{collection}").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        // The administrator may end it without reading it.
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"{Path}/{collection}")).StatusCode);

        Assert.Equal([kept], (await reader.SearchAsync("Friedhof")).Ids());
        await manager.GetAsync($"{Path}/{collection}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await admin.DeleteAsync($"{Path}/{collection}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(0, await database.CountAllAsync("collections", _tenant));
        foreach (var table in new[] { "documents", "chunks", "document_files" })
            Assert.Equal(1, await database.CountAllAsync(table, _tenant));
    }

    [Fact]
    public async Task Who_may_do_what_to_a_collection_depends_on_who_owns_it()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var anna = service.ClientFor(Person("anna", ["user"], "bau"));
        using var manager = service.ClientFor(Person("mona", ["user", "source-manager"], "bau"));
        using var admin = service.ClientFor(_tenant, "adam", "tenant-admin");

        foreach (var owner in new[] { "tenant", "department:bau" })
            await anna.CreateCollectionAsync("Wissen", owner).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await manager.CreateCollectionAsync("Wissen", "department:sport").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await admin.CreateCollectionAsync("Wissen", "user:anna").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "owner");
        await admin.CollectionAsync("department:sport");

        // One's own: shared with people and one's own department, not more widely; nobody else manages it.
        var own = await anna.CollectionAsync();
        await anna.ShareAsync(own, "user:mona", "department:bau").OkAsync();
        foreach (var wide in new[] { "tenant", "role:user", "department:sport" })
            await anna.ShareAsync(own, wide).ProblemAsync(HttpStatusCode.Forbidden, "forbidden", "readers");
        await manager.ShareAsync(own, "user:mona").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await manager.DeleteAsync($"{Path}/{own}").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await admin.DeleteAsync($"{Path}/{own}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await manager.UploadAsync("Fremdes."u8.ToArray(), collection: own).ProblemAsync(HttpStatusCode.Forbidden, "forbidden", "collectionId");
        var document = await anna.ReadyInAsync(own, "Notiz der Bauabteilung.");
        await manager.DeleteAsync($"{RetrievalClient.Documents}/{document}").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");

        // A department's: its source-managers and tenant-admins.
        var bau = await manager.CollectionAsync("department:bau");
        await anna.ShareAsync(bau, "user:anna").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await anna.UploadAsync("Fremdes."u8.ToArray(), collection: bau).ProblemAsync(HttpStatusCode.Forbidden, "forbidden", "collectionId");
        await admin.UploadAsync("Fremdes."u8.ToArray(), collection: bau).ProblemAsync(HttpStatusCode.Forbidden, "forbidden", "collectionId");
        var renamed = await admin.PatchAsync($"{Path}/{bau}", JsonContent.Create(new { name = " Bauakten " })).OkAsync();
        Assert.Equal(("Bauakten", 1), ((string?)renamed["name"], renamed["readers"]!.AsArray().Count));
        await admin.ShareAsync(bau, "role:user", "user:adam").OkAsync();
        await admin.ReadyInAsync(bau, "Jetzt liest die Verwaltung mit.");
        await anna.UploadAsync("x", visibility: "collection").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "visibility");
        await anna.UploadAsync("Fremdes."u8.ToArray(), collection: Guid.NewGuid()).ProblemAsync(HttpStatusCode.NotFound, "not-found", "collectionId");
    }

    [Fact]
    public async Task Collections_are_listed_page_by_page_and_wrong_input_is_told()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var created = new List<Guid>();
        for (var i = 0; i < 5; i++)
            created.Add(await anna.CollectionAsync());

        var seen = new List<Guid>();
        string? after = null;
        do
        {
            var page = await anna.GetAsync($"{Path}?limit=2{(after is null ? "" : "&after=" + after)}").OkAsync();
            seen.AddRange(page["items"]!.AsArray().Select(collection => (Guid)collection!["id"]!));
            after = (string?)page["next"];
        }
        while (after is not null);
        Assert.Equal(created.AsEnumerable().Reverse(), seen);

        await anna.GetAsync($"{Path}?limit=0").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "limit");
        await anna.CreateCollectionAsync(" ").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "name");
        await anna.CreateCollectionAsync("Zeile\nzwei").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "name");
        foreach (var reader in new[] { "", "everyone", "user:", "role:operator", "group:wiki/rat", "user:a\u001fb" })
            await anna.CreateCollectionAsync("Wissen", null, reader).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "readers");
        await anna.ShareAsync(created[0]).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "readers");
        await anna.PostAsync("/api/retrieval/searches", new JsonObject
        {
            ["query"] = "a",
            ["collectionIds"] = new JsonArray([.. Enumerable.Range(0, 101).Select(_ => (JsonNode)Guid.NewGuid().ToString())]),
        }).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "collectionIds");
    }

    private Caller Person(string user, string[] roles, params string[] departments)
        => new(_tenant, user, user, roles.ToHashSet(), null) { Departments = departments.ToHashSet() };
}
