using System.Net;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;

namespace LLMoin.ServiceTests.Chat.Functions;

/// <summary>A chat service beside retrieval and a worker with the extractive engine, as the platform has them without weights.</summary>
public sealed class FunctionsBed(Servers servers) : IAsyncLifetime
{
    private readonly ChatBed _bed = new(servers);
    private ServiceProcess _worker = null!;

    public string Tenant { get; } = "t" + Guid.NewGuid().ToString("n")[..12];

    public ServiceProcess Retrieval { get; private set; } = null!;

    public ServiceProcess Chat { get; private set; } = null!;

    public ChatBed Ear => _bed;

    public async ValueTask InitializeAsync()
    {
        await _bed.InitializeAsync();
        Retrieval = await servers.ServiceAsync("Retrieval");
        Chat = await _bed.StartChatAsync(("services__retrieval__http__0", Retrieval.Address.ToString().TrimEnd('/')));
        _worker = await StartWorkerAsync("extractive");
    }

    /// <summary>A worker with this model, once chat knows it.</summary>
    public async Task<ServiceProcess> StartWorkerAsync(string model, params (string Key, string Value)[] settings)
    {
        var worker = await _bed.StartWorkerOfAsync(model, settings);
        await ReadUntil.TrueAsync(async () => (await ChatBed.ModelsAsync(Chat)).Contains(model, StringComparison.Ordinal), "chat knows the model");
        return worker;
    }

    public HttpClient Client(string user = "anna", params string[] roles) => Chat.ClientFor(Tenant, user, roles is [] ? ["user"] : roles);

    public async Task<Guid> UploadAsync(byte[] content, string fileName, string user = "anna")
    {
        using var client = Retrieval.ClientFor(Tenant, user, "user");
        using var response = await client.UploadAsync(content, fileName, wait: 30);
        var id = (Guid)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["id"]!;
        await ReadUntil.TrueAsync(async () => (string?)(await client.GetAsync($"{RetrievalClient.Documents}/{id}").OkAsync())["status"] == "ready", "the document is read", seconds: 60);
        return id;
    }

    public static async Task<Guid> OrderAsync(HttpClient client, string function, object order)
        => (Guid)(await client.PostAsync("/api/chat/runs/" + function, System.Net.Http.Json.JsonContent.Create(order)).OkAsync(HttpStatusCode.Accepted))["id"]!;

    public static Task<JsonNode> RunAsync(HttpClient client, Guid id) => client.GetAsync($"/api/chat/runs/{id}").OkAsync();

    /// <summary>The run once it is over.</summary>
    public static async Task<JsonNode> EndAsync(HttpClient client, Guid id, string expected = "completed", int seconds = 60)
    {
        JsonNode run = null!;
        await ReadUntil.TrueAsync(async () => (run = await RunAsync(client, id))["finishedAt"] is not null, "the run is over", seconds);
        Assert.True(expected == (string?)run["status"], run.ToJsonString());
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await Chat.DisposeAsync();
        await _bed.DisposeAsync();
    }
}
