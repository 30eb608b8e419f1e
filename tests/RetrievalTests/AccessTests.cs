using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;

namespace LLMoin.RetrievalTests;

public sealed class AccessTests(Servers servers)
{
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task What_is_private_or_another_tenants_is_neither_found_nor_searched()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        using var manager = service.ClientFor(_tenant, "mona", "user", "source-manager");
        using var admin = service.ClientFor(_tenant, "adam", "user", "tenant-admin");
        using var stranger = service.ClientFor(_tenant + "x", "anna", "user", "tenant-admin");
        var secret = await anna.ReadyAsync("Das geheime Schwimmbad wird am Hafen gebaut.");
        var shared = await manager.ReadyAsync("Das Schwimmbad am Markt öffnet um zehn Uhr.", "tenant");

        Assert.Equal(new HashSet<Guid> { secret, shared }, (await anna.SearchAsync("Schwimmbad")).Ids().ToHashSet());
        foreach (var other in new[] { manager, admin })
        {
            Assert.Equal([shared], (await other.SearchAsync("geheimes Schwimmbad am Hafen")).Ids());
            Assert.Empty(await other.SearchAsync("Schwimmbad", secret));
            foreach (var path in new[] { $"{secret}", $"{secret}/content", $"{secret}/file" })
                await other.GetAsync($"{RetrievalClient.Documents}/{path}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
            await other.DeleteAsync($"{RetrievalClient.Documents}/{secret}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        Assert.Empty(await stranger.SearchAsync("Schwimmbad"));
        Assert.Empty(await stranger.SearchAsync("Schwimmbad", secret, shared));
        await stranger.GetAsync($"{RetrievalClient.Documents}/{shared}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await stranger.DeleteAsync($"{RetrievalClient.Documents}/{shared}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Empty((await stranger.GetAsync(RetrievalClient.Documents).OkAsync())["items"]!.AsArray());
    }

    [Fact]
    public async Task Below_the_code_the_database_hides_other_tenants_and_other_peoples_private_rows()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        await anna.ReadyAsync("Nur für Anna bestimmt.");

        await using var database = new RawDatabase(service);
        foreach (var table in new[] { "documents", "chunks", "document_files" })
        {
            Assert.Equal(1, await database.CountAsync(table, _tenant, "anna"));
            Assert.Equal(0, await database.CountAsync(table, _tenant, "berta"));
            Assert.Equal(0, await database.CountAsync(table, "other", "anna"));
            Assert.Equal(0, await database.CountAsync(table, "", ""));
        }
    }

    [Fact]
    public async Task A_deleted_document_leaves_nothing_behind()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var manager = service.ClientFor(_tenant, "mona", "user", "source-manager");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        using var admin = service.ClientFor(_tenant, "adam", "user", "tenant-admin");
        // In no other test's documents.
        var word = "Friedhof" + string.Concat(Guid.NewGuid().ToString("n").Where(char.IsLetter));
        var shared = await manager.ReadyAsync($"Der {word} schließt um zwanzig Uhr.", "tenant");
        Assert.Single(await anna.SearchAsync(word));
        await using var database = new RawDatabase(service);
        foreach (var table in new[] { "documents", "chunks", "document_files" })
            Assert.Equal(1, await database.CountAsync(table, _tenant, "mona"));
        // One more that is on its way and never gets there.
        await manager.ReplaceAsync(shared, Encoding.UTF8.GetBytes($"%PDF-1.7 {word}"), $"{word}.pdf").OkAsync();
        await using var rows = new Rows(servers.Postgres, service.Setting("ConnectionStrings__retrieval"));
        Assert.Equal(["chunks", "document_files", "documents", "ingestions"], await rows.TablesWithAsync(word));

        await anna.DeleteAsync($"{RetrievalClient.Documents}/{shared}").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"{RetrievalClient.Documents}/{shared}")).StatusCode);

        Assert.Empty(await anna.SearchAsync(word));
        await admin.DeleteAsync($"{RetrievalClient.Documents}/{shared}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Empty(await rows.TablesWithAsync(word));
        // That it is gone has to be known for a while, to those who have it in memory.
        Assert.Equal(["document_changes"], (await rows.TablesWithAsync($"{shared}")).Except(["outbox"]));
    }

    [Fact]
    public async Task What_one_replica_adds_or_deletes_the_next_search_of_another_knows()
    {
        var first = await servers.ServiceAsync("Retrieval");
        var second = await servers.StartServiceAsync("Retrieval", ("ConnectionStrings__retrieval", first.Setting("ConnectionStrings__retrieval")));
        try
        {
            using var one = first.ClientFor(_tenant, "anna", "user");
            using var two = second.ClientFor(_tenant, "anna", "user");
            for (var i = 0; i < 5; i++)
            {
                var id = await one.ReadyAsync($"Die Straßenbahnlinie {i} hält am Rathaus.");
                Assert.Contains(id, (await two.SearchAsync($"Straßenbahn {i}")).Ids());
                Assert.Contains(id, (await one.SearchAsync($"Straßenbahn {i}")).Ids());
                await two.DeleteAsync($"{RetrievalClient.Documents}/{id}");
                Assert.Empty(await one.SearchAsync("Straßenbahn"));
                Assert.Empty(await two.SearchAsync("Straßenbahn"));
            }
        }
        finally
        {
            await second.KillAsync();
        }
    }

    [Fact]
    public async Task Only_staff_roles_come_in_and_bounds_are_kept()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var nobody = service.Anonymous();
        using var technician = service.ClientFor(_tenant, "otto", "operator");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        await nobody.GetAsync(RetrievalClient.Documents).ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await technician.GetAsync(RetrievalClient.Documents).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");

        const string path = "/api/retrieval/searches";
        await anna.PostAsync(path, new JsonObject { ["query"] = " " }).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "query");
        await anna.PostAsync(path, new JsonObject { ["query"] = new string('a', 2001) }).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "query");
        await anna.PostAsync(path, new JsonObject { ["query"] = "a", ["limit"] = 21 }).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "limit");
        await anna.PostAsync(path, new JsonObject { ["query"] = "a", ["documentIds"] = new JsonArray("keine-id") })
            .ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "documentIds[0]");
        await anna.PostAsync(path, new JsonObject { ["query"] = new string('a', 70_000) }).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }
}
