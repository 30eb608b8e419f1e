using System.Net;
using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging;
using LLMoin.ServiceBed;
using Npgsql;

namespace LLMoin.RetrievalTests;

public sealed class IngestionTests(Servers servers)
{
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task A_command_that_comes_five_times_at_once_ingests_once()
    {
        var service = await servers.ServiceAsync("Retrieval");
        await using var broker = await RawBroker.ConnectAsync(servers);
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var id = await anna.ReadyAsync("Die Fähre fährt alle zwanzig Minuten. Sie ist kostenlos.");

        // As after a crash between commit and acknowledgement: same command, then the same message id again and again.
        await SetProcessingAsync(service, id);
        var message = Guid.CreateVersion7();
        var command = new IngestDocument { DocumentId = id, Tenant = _tenant, UserId = "anna" };
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => broker.PublishAsync(command, message)));
        await ReadUntil.TrueAsync(async () => (string?)(await anna.GetAsync($"{RetrievalClient.Documents}/{id}").OkAsync())["status"] == "ready", "it is ready again");
        await broker.PublishAsync(command, Guid.CreateVersion7());
        await Task.Delay(1000);

        var document = await anna.GetAsync($"{RetrievalClient.Documents}/{id}").OkAsync();
        Assert.Equal("ready", (string?)document["status"]);
        Assert.Equal(1, (int)document["chunks"]!);
        Assert.Single(await anna.SearchAsync("Fähre"));
    }

    [Fact]
    public async Task A_message_nobody_can_read_ends_in_the_dead_letters_and_others_go_on()
    {
        var service = await servers.ServiceAsync("Retrieval");
        await using var broker = await RawBroker.ConnectAsync(servers);
        using var anna = service.ClientFor(_tenant, "anna", "user");
        await broker.PublishAsync(typeof(IngestDocument), """{"documentId":"no id"}""", Guid.CreateVersion7());

        await anna.ReadyAsync("Während das Gift wirkt, wird weiter gearbeitet.");
        Assert.NotNull(await broker.TakeAsync(Topology.DeadLetters("retrieval.ingest-document.v1"), "no id"));
    }

    [Fact]
    public async Task A_step_that_fails_again_and_again_is_told_to_the_owner_and_kept_for_the_operator()
    {
        var service = await servers.ServiceAsync("Retrieval");
        await using var broker = await RawBroker.ConnectAsync(servers);
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var id = await anna.ReadyAsync("Die Brücke ist gesperrt.");
        await SetProcessingAsync(service, id, "update ingestions set stage = 'indexing', outcome = 'nothing that anybody wrote'");

        await broker.PublishAsync(new IndexDocument { DocumentId = id, Tenant = _tenant, UserId = "anna" }, Guid.CreateVersion7());

        Assert.NotNull(await broker.TakeAsync(Topology.DeadLetters("retrieval.index-document.v1"), id.ToString()));
        var document = await anna.GetAsync($"{RetrievalClient.Documents}/{id}").OkAsync();
        Assert.Equal(("failed", "given-up"), ((string?)document["status"], (string?)document["reason"]));
        Assert.Contains("später noch einmal", (string?)document["reasonTextDe"], StringComparison.Ordinal);
        Assert.Equal(id, await anna.ReadyAgainAsync("Die Brücke ist gesperrt."));
    }

    [Fact]
    public async Task A_killed_service_finishes_what_it_had_accepted()
    {
        var service = await servers.ServiceAsync("Retrieval");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var accepted = new List<string>();
        for (var i = 0; i < 10; i++)
            accepted.Add((string)(await anna.UploadAsync($"Auftrag {i} ist angenommen und wird nicht vergessen.", wait: null).OkAsync(HttpStatusCode.Accepted))["id"]!);
        await service.KillAsync();
        await service.RestartAsync();

        await ReadUntil.TrueAsync(async () => (await anna.GetAsync($"{RetrievalClient.Documents}?status=ready").OkAsync())["items"]!.AsArray().Count == accepted.Count, "all are ready");
        Assert.Equal(6, (await anna.SearchAsync("Auftrag angenommen")).Count);
    }

    [Fact]
    public async Task What_is_uploaded_again_while_its_indexing_commits_is_not_read_again()
    {
        const string Text = "Die Schleuse öffnet um sechs Uhr.";
        var service = await servers.ServiceAsync("Retrieval");
        await using var rows = new Rows(servers.Postgres, service.Setting("ConnectionStrings__retrieval"));
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var id = await anna.ReadyAsync(Text);
        await SetProcessingAsync(service, id);
        await using var connection = await rows.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var indexing = new NpgsqlCommand($"update documents set status = 'ready' where id = '{id}'; delete from ingestions where document_id = '{id}'", connection, transaction))
            await indexing.ExecuteNonQueryAsync();

        var again = anna.UploadAsync(Text);
        await ReadUntil.TrueAsync(async () => await rows.CountAsync("pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") > 0, "the upload waits");
        await transaction.CommitAsync();

        Assert.Equal("ready", (string?)(await again.OkAsync())["status"]);
        Assert.Equal(0, await rows.CountAsync($"ingestions where document_id = '{id}'"));
    }

    private async Task SetProcessingAsync(ServiceProcess service, Guid id, string more = "select 1")
    {
        await using var source = NpgsqlDataSource.Create(service.Setting("ConnectionStrings__retrieval"));
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(
            $"""
             select set_config('app.tenant', '{_tenant}', true), set_config('app.user', 'anna', true), set_config('app.scope', 'service', true);
             delete from chunks where document_id = '{id}'; update documents set status = 'processing', chunks = 0 where id = '{id}';
             insert into ingestions (document_id, tenant, content_hash, file_name, media_type) select id, tenant, content_hash, file_name, media_type from documents where id = '{id}';
             {more};
             """, connection, transaction);
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }
}
