using System.Net;
using LLMoin.ServiceBed;

namespace LLMoin.RetrievalTests;

/// <summary>Documents that take long: what their owner sees meanwhile, and what happens when something comes in between.</summary>
public sealed class ProgressTests(Servers servers) : IClassFixture<PausedRetrieval>
{
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task The_owner_sees_how_far_the_reading_is_and_deleting_the_document_ends_it()
    {
        await using var slow = await SlowReading.BeginAsync(servers, page: 2);
        var replica = await slow.StartAsync();
        using var anna = replica.ClientFor(_tenant, "anna", "user");
        var id = await SlowReading.UploadAsync(anna, SlowReading.Scan(20), "akte.pdf");
        await SlowReading.PageAsync(anna, id, 2);

        var document = await SlowReading.LookAsync(anna, id);
        Assert.Equal(("processing", "reading"), ((string?)document["status"], (string?)document["stage"]));
        var ingestion = document["ingestion"]!;
        Assert.Equal(("akte.pdf", "reading", 20), ((string?)ingestion["fileName"], (string?)ingestion["stage"], (int?)ingestion["pages"]));

        Assert.Equal(HttpStatusCode.NoContent, (await anna.DeleteAsync($"{RetrievalClient.Documents}/{id}")).StatusCode);
        await SlowReading.StoppedAsync(replica, id);
        slow.GoOn();
        await SlowReading.ReadyAsync(anna, await SlowReading.UploadAsync(anna, SlowReading.Scan(1), "danach.pdf"));
        // Two of the one that was deleted, and the one of the next.
        Assert.Equal(3, slow.Pages);
    }

    [Fact]
    public async Task A_replica_that_is_killed_while_it_reads_loses_and_doubles_nothing()
    {
        await using var slow = await SlowReading.BeginAsync(servers, page: 3);
        await using var rows = new Rows(servers.Postgres, slow.Database);
        var first = await slow.StartAsync();
        using var one = first.ClientFor(_tenant, "anna", "user");
        var ids = new List<Guid> { await SlowReading.UploadAsync(one, SlowReading.Scan(6), "akte-0.pdf") };
        await SlowReading.PageAsync(one, ids[0], 3);
        for (var n = 1; n < 3; n++)
            ids.Add(await SlowReading.UploadAsync(one, SlowReading.Scan(6, 10 * n), $"akte-{n}.pdf"));

        var second = await slow.StartAsync();
        await first.KillAsync();
        slow.GoOn();

        using var two = second.ClientFor(_tenant, "anna", "user");
        foreach (var id in ids)
            await SlowReading.ReadyAsync(two, id);
        Assert.Equal(3, (await two.GetAsync(RetrievalClient.Documents).OkAsync())["items"]!.AsArray().Count);
        foreach (var id in ids)
        {
            var document = await SlowReading.LookAsync(two, id);
            Assert.Equal((6, 0), ((int)document["pages"]!, (int)document["unreadParts"]!));
            Assert.Null(document["ingestion"]);
            Assert.Equal((int)document["chunks"]!, (await two.SearchAsync("Fähre nach Finkenwerder", id)).Count);
            Assert.Equal((int)document["chunks"]!, await rows.CountAsync($"chunks where document_id = '{id}'"));
        }
    }

    [Fact]
    public async Task The_old_file_is_found_until_the_new_one_is_and_never_neither()
    {
        await using var slow = await SlowReading.BeginAsync(servers, page: 2);
        using var anna = (await slow.StartAsync()).ClientFor(_tenant, "anna", "user");
        var id = await anna.ReadyAsync("Die Fähre nach Finkenwerder fährt nur im Sommer.");

        var accepted = await anna.ReplaceAsync(id, SlowReading.Scan(5), "fahrplan.pdf", wait: null).OkAsync(HttpStatusCode.Accepted);
        Assert.Equal(("ready", "waiting"), ((string?)accepted["status"], (string?)accepted["stage"]));
        await SlowReading.PageAsync(anna, id, 2);
        var during = await SlowReading.LookAsync(anna, id);
        Assert.Equal(("ready", "satzung.md", "fahrplan.pdf"), ((string?)during["status"], (string?)during["fileName"], (string?)during["ingestion"]!["fileName"]));
        Assert.Equal("Die Fähre nach Finkenwerder fährt nur im Sommer.", await anna.GetStringAsync($"{RetrievalClient.Documents}/{id}/file"));

        var found = "";
        async Task<bool> IsOldFoundAsync()
            => (found = (string)(await anna.SearchAsync("Fähre nach Finkenwerder"))[0]!["text"]!).Contains("Sommer", StringComparison.Ordinal);
        Assert.True(await IsOldFoundAsync());
        slow.GoOn();
        await ReadUntil.TrueAsync(async () => !await IsOldFoundAsync(), "the new file is found");

        Assert.Contains("dreizehn Minuten", found, StringComparison.Ordinal);
        var after = await SlowReading.LookAsync(anna, id);
        Assert.Equal(("ready", "fahrplan.pdf", "application/pdf", 5), ((string?)after["status"], (string?)after["fileName"], (string?)after["mediaType"], (int?)after["pages"]));
        Assert.Null(after["stage"]);
        Assert.Equal(SlowReading.Scan(5), await anna.GetByteArrayAsync($"{RetrievalClient.Documents}/{id}/file"));
    }

    [Fact]
    public async Task Of_two_files_that_follow_each_other_quickly_the_last_one_stays()
    {
        await using var slow = await SlowReading.BeginAsync(servers, page: 2);
        var replica = await slow.StartAsync();
        using var anna = replica.ClientFor(_tenant, "anna", "user");
        var id = await SlowReading.UploadAsync(anna, SlowReading.Scan(20), "entwurf.pdf");
        await SlowReading.PageAsync(anna, id, 2);

        await anna.ReplaceAsync(id, "Die Fähre nach Finkenwerder fährt ab Mai."u8.ToArray(), "endfassung.md", wait: null).OkAsync(HttpStatusCode.Accepted);

        await SlowReading.ReadyAsync(anna, id);
        Assert.Equal("endfassung.md", (string?)(await SlowReading.LookAsync(anna, id))["fileName"]);
        await SlowReading.StoppedAsync(replica, id);
        Assert.Equal("Die Fähre nach Finkenwerder fährt ab Mai.", (string?)Assert.Single(await anna.SearchAsync("Fähre nach Finkenwerder"))!["text"]);
    }
}
