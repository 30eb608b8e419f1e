using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using LLMoin.Gateway.Routing;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace LLMoin.Gateway.ApiDocument;

/// <summary>
/// Puts the services' own OpenAPI 3.1 documents together, remembered for a minute. A service that does not answer is left out and
/// named in <c>info.description</c>, so that a short document never passes for the whole one.
/// </summary>
internal sealed class MergedDocument(
    [FromKeyedServices("v1")] IOpenApiDocumentProvider own, IHttpClientFactory clients, IConfiguration configuration,
    IOptions<GatewayOptions> gateway, TimeProvider clock) : IDisposable
{
    public const string Client = "api-document";
    private static readonly TimeSpan Remember = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _gate = new(1);
    private byte[] _document = [];
    private DateTimeOffset _made = DateTimeOffset.MinValue;

    public async Task<byte[]> GetAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (clock.GetUtcNow() - _made > Remember)
            {
                (_document, var complete) = await MakeAsync(cancellation);
                // A gap is asked about again soon.
                _made = complete ? clock.GetUtcNow() : clock.GetUtcNow() - Remember + TimeSpan.FromSeconds(5);
            }

            return _document;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<(byte[] Document, bool Complete)> MakeAsync(CancellationToken cancellation)
    {
        var merge = new DocumentMerge();
        var document = await own.GetOpenApiDocumentAsync(cancellation);
        merge.Add("gateway", JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellation))!.AsObject());
        var fetched = await Task.WhenAll(RouteTable.Services.Select(async service => (service, document: await FetchAsync(service, cancellation))));
        var missing = new List<string>();
        foreach (var (service, theirs) in fetched)
        {
            if (theirs is null)
                missing.Add(service);
            else
                merge.Add(service, theirs);
        }

        return (JsonSerializer.SerializeToUtf8Bytes(merge.Finish(gateway.Value.PublicUrl, missing)), missing.Count == 0);
    }

    private async Task<JsonObject?> FetchAsync(string service, CancellationToken cancellation)
    {
        var client = clients.CreateClient(Client);
        foreach (var (address, version) in Destinations.Of(configuration, service, Destinations.Http1).Select(uri => (uri, HttpVersion.Version11))
            .Concat(Destinations.Of(configuration, service, Destinations.Http2).Select(uri => (uri, HttpVersion.Version20))))
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/openapi.json"))
                {
                    Version = version,
                    VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                };
                using var response = await client.SendAsync(request, cancellation);
                response.EnsureSuccessStatusCode();
                return await response.Content.ReadFromJsonAsync<JsonObject>(cancellation);
            }
            catch (Exception exception) when (exception is HttpRequestException or JsonException or NotSupportedException
                || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                // The next address may answer.
            }
        }

        return null;
    }
}
