using System.Net;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;
using LLMoin.TestDocuments;

namespace LLMoin.RetrievalTests;

/// <summary>Replicas whose text recognition stops before a page until it may go on, on the database of the shared service, which must be paused.</summary>
internal sealed class SlowReading : IAsyncDisposable
{
    public const string Recognised = "Die Fähre nach Finkenwerder fährt alle dreizehn Minuten.";

    private readonly Servers _servers;
    private readonly List<ServiceProcess> _replicas = [];
    private readonly string _tesseract;

    private SlowReading(Servers servers, string database, int page)
        => (_servers, Database, _tesseract) = (servers, database, StandIn.Tesseract(Recognised, gate: page));

    /// <summary>Pages begun so far, by all replicas.</summary>
    public int Pages => StandIn.Log(_tesseract).Length;

    public string Database { get; }

    /// <param name="servers">Where they run.</param>
    /// <param name="page">At which each reading stops.</param>
    public static async Task<SlowReading> BeginAsync(Servers servers, int page)
        => new(servers, (await servers.ServiceAsync("Retrieval")).Setting("ConnectionStrings__retrieval"), page);

    public async Task<ServiceProcess> StartAsync()
    {
        var replica = await _servers.StartServiceAsync("Retrieval",
            ("ConnectionStrings__retrieval", Database), ("Retrieval__Reading__Tesseract", _tesseract));
        _replicas.Add(replica);
        return replica;
    }

    /// <summary>Lets all readings go on.</summary>
    public void GoOn() => StandIn.Open(_tesseract);

    public async ValueTask DisposeAsync()
    {
        GoOn();
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
    }

    /// <summary>Scanned pages, no two files alike.</summary>
    public static byte[] Scan(int pages, int shade = 0)
    {
        var file = new PdfFile();
        for (var page = 0; page < pages; page++)
        {
            var pixels = new byte[60 * 80];
            Array.Fill(pixels, (byte)(shade + page));
            file.Page().Picture(pixels, 60, 80);
        }

        return file.Build();
    }

    /// <summary>What its owner sees of a document.</summary>
    public static Task<JsonNode> LookAsync(HttpClient client, Guid id) => client.GetAsync($"{RetrievalClient.Documents}/{id}").OkAsync();

    /// <summary>Uploads without waiting.</summary>
    public static async Task<Guid> UploadAsync(HttpClient client, byte[] file, string name)
        => (Guid)(await client.UploadAsync(file, name, wait: null).OkAsync(HttpStatusCode.Accepted))["id"]!;

    /// <summary>Waits until reading has come to this page.</summary>
    public static Task PageAsync(HttpClient client, Guid id, int page)
        => ReadUntil.TrueAsync(async () => (int?)(await LookAsync(client, id))["ingestion"]?["page"] >= page, $"page {page} is read");

    /// <summary>Waits until the document can be searched.</summary>
    public static Task ReadyAsync(HttpClient client, Guid id)
        => ReadUntil.TrueAsync(async () => (string?)(await LookAsync(client, id))["status"] == "ready", "it is ready");

    /// <summary>Waits until the reading of a document that nobody waits for any more has ended, with its processes.</summary>
    public static Task StoppedAsync(ServiceProcess replica, Guid id)
        => ReadUntil.TrueAsync(() => Task.FromResult(replica.Log.Contains($"Nobody waits for document {id}", StringComparison.Ordinal)), "the reading is stopped");
}
