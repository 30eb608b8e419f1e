using Dapper;
using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval;
using LLMoin.Retrieval.Sources;
using LLMoin.Retrieval.Sources.Folders;
using LLMoin.Retrieval.Sources.SharePoint;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceBed;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LLMoin.RetrievalTests.Sources;

/// <summary>
/// Synchronisation as the service runs it, on a real database and with a clock of the test's own, but without the process around it: what
/// it orders to be ingested is not.
/// </summary>
internal sealed class SyncBed : IAsyncDisposable
{
    public const string Tenant = "amt";

    /// <summary>What no test expects.</summary>
    private static readonly ILoggerFactory Log = LoggerFactory.Create(log => log.AddConsole().SetMinimumLevel(LogLevel.Error));

    private static readonly Caller Manager = new(Tenant, "adam", "adam", new HashSet<string> { Roles.TenantAdmin }, null);

    private readonly NpgsqlDataSource _connections;
    private readonly TenantDatabase _database;
    private readonly FakeGraph _graph;
    private readonly SourceOptions _options;
    private readonly (string Kind, string Place) _source;
    private readonly OutboxSignal _outbox = new();

    private SyncBed(string connection, FakeGraph graph, SourceOptions options, string? folder)
    {
        // As the service does when it starts.
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        _connections = NpgsqlDataSource.Create(connection);
        (_database, _graph, _options) = (new TenantDatabase(_connections), graph, options);
        _source = folder is null ? ("sharepoint", FakeGraph.Site) : ("folder", folder);
    }

    public ManualClock Clock { get; } = new();

    public Turn Turn { get; private set; } = null!;

    /// <param name="servers">Where its database is.</param>
    /// <param name="graph">What it asks.</param>
    /// <param name="options">Of the service.</param>
    /// <param name="folder">The folder that it follows in the graph's place.</param>
    public static async Task<SyncBed> StartAsync(Servers servers, FakeGraph graph, SourceOptions options, string? folder = null)
    {
        // It brings the schema, and must not take part after that.
        var service = await servers.StartServiceAsync("Retrieval");
        await service.KillAsync();
        var bed = new SyncBed(service.Setting("ConnectionStrings__retrieval"), graph, options, folder);
        bed.Turn = new Turn(await bed.ConnectAsync(), Tenant);
        return bed;
    }

    /// <summary>One synchronisation by a replica that has just started.</summary>
    public async Task SyncAsync(CancellationToken cancellation = default)
    {
        await Sync().RunAsync(Turn, cancellation);
        Assert.Equal(("synced", (string?)null), await StateAsync());
    }

    public Task TrySyncAsync(CancellationToken cancellation = default) => Sync().RunAsync(Turn, cancellation);

    public async Task<(string State, string? Reason)> StateAsync()
    {
        await using var transaction = await _database.BeginAsync(Manager, default);
        return await transaction.SingleAsync<(string, string?)>("select state, reason from sources where id = @SourceId", new { Turn.SourceId }, default);
    }

    /// <summary>What the database shows to a person of this address: the documents' file names.</summary>
    public async Task<IReadOnlyList<string>> ReadableAsync(string mail)
    {
        await using var transaction = await _database.BeginAsync(new Caller(Tenant, "s-" + mail, mail, new HashSet<string> { Roles.User }, null) { Mail = mail }, default);
        return await transaction.QueryAsync<string>("select file_name from documents", null, default);
    }

    /// <summary>The file names and contents of all documents.</summary>
    public async Task<IReadOnlyList<string>> AllAsync()
    {
        await using var transaction = await _database.BeginAsync(Tenant, "", default);
        await transaction.ExecuteAsync("select set_config('app.scope', 'service', true)", null, default);
        return await transaction.QueryAsync<string>(
            "select d.file_name || ' ' || convert_from(f.bytes, 'UTF8') from documents d join document_files f on f.document_id = d.id", null, default);
    }

    public ValueTask DisposeAsync()
    {
        _outbox.Dispose();
        return _connections.DisposeAsync();
    }

    private SourceSync Sync()
    {
        var sharePoint = Options.Create(new SharePointOptions
        {
            Graph = new Uri(_graph.Address, "/v1.0/"),
            SignIn = new Uri(_graph.Address, "/login/"),
            Tenants = new Dictionary<string, AppRegistration> { [Tenant] = new() { Directory = "d", ClientId = "c", ClientSecret = FakeGraph.Secret } },
        });
        var options = Options.Create(_options);
        var tokens = new GraphTokens(SourceSetup.Http(), sharePoint, Clock);
        var client = new GraphClient(SourceSetup.Http(), tokens, sharePoint, options, Clock);
        ISourceConnector[] connectors = [new FolderConnector(options), new SharePointConnector(client, sharePoint, Clock)];
        return new SourceSync(
            _database, new SourceSchedule(_database, _connections, Clock), connectors, _outbox, Clock, Options.Create(new RetrievalOptions()), options,
            Log.CreateLogger<SourceSync>());
    }

    private async Task<Guid> ConnectAsync()
    {
        var (id, collection) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var transaction = await _database.BeginAsync(Manager, default);
        await transaction.ExecuteAsync(
            "insert into collections (id, tenant, owner, name, readers) values (@collection, @Tenant, 'tenant', 'Vorgänge', '{user:nobody}')", new { collection, Tenant }, default);
        await transaction.ExecuteAsync(
            "insert into sources (id, tenant, collection_id, kind, name, place) values (@id, @Tenant, @collection, @Kind, 'Vorgänge', @Place)",
            new { id, Tenant, collection, _source.Kind, _source.Place }, default);
        await transaction.ExecuteAsync(
            "insert into source_schedule (source_id, tenant, due_at) values (@id, @Tenant, @now)", new { id, Tenant, now = Clock.GetUtcNow().UtcDateTime }, default);
        await transaction.CommitAsync(default);
        return id;
    }
}
