using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LLMoin.Retrieval.Qdrant.Api;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Qdrant;

/// <summary>
/// Sends requests to Qdrant: with the key, within the time limit, and again where it is overloaded, fails inside or cannot be reached.
/// </summary>
internal sealed class QdrantRequests(IHttpClientFactory http, IOptions<QdrantOptions> options, TimeProvider clock)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string Client = "qdrant";

    private const int MostAttempts = 4;
    private const int LongestError = 300;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly string _url = options.Value.Url.TrimEnd('/');

    /// <returns>The body of the response.</returns>
    /// <exception cref="QdrantException">It refused, or did not answer as often as it was asked.</exception>
    public async Task<byte[]> SendAsync(HttpMethod method, string path, byte[]? json, CancellationToken cancellation)
        => (await TryAsync(method, path, json, mayBeAbsent: false, cancellation))!;

    /// <summary>Null where Qdrant says that there is no such thing.</summary>
    public Task<byte[]?> FindAsync(HttpMethod method, string path, CancellationToken cancellation) => TryAsync(method, path, null, mayBeAbsent: true, cancellation);

    private async Task<byte[]?> TryAsync(HttpMethod method, string path, byte[]? json, bool mayBeAbsent, CancellationToken cancellation)
    {
        var request = $"{method} {path}";
        for (var attempt = 1; ; attempt++)
        {
            QdrantException failure;
            TimeSpan? pause = null;
            using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            time.CancelAfter(options.Value.Timeout);
            try
            {
                using var response = await SendOnceAsync(method, path, json, time.Token);
                var body = await response.Content.ReadAsByteArrayAsync(time.Token);
                if (response.IsSuccessStatusCode)
                    return body;
                if (mayBeAbsent && response.StatusCode == HttpStatusCode.NotFound)
                    return null;
                failure = QdrantException.Refused(_url, request, response.StatusCode, ErrorIn(body));
                if (response.StatusCode != HttpStatusCode.TooManyRequests && (int)response.StatusCode < 500)
                    throw failure;
                pause = response.Headers.RetryAfter?.Delta;
            }
            catch (HttpRequestException exception)
            {
                failure = QdrantException.Silent(_url, request, exception.Message, exception);
            }
            catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
            {
                failure = QdrantException.Silent(_url, request, $"nothing within {options.Value.Timeout.TotalSeconds:0.#} s", exception);
            }

            if (attempt == MostAttempts)
                throw failure;
            await Task.Delay(Pause(attempt, pause), clock, cancellation);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpMethod method, string path, byte[]? json, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, _url + path);
        if (options.Value.ApiKey is { Length: > 0 } key)
            request.Headers.Add("api-key", key);
        if (json is not null)
            request.Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return await http.CreateClient(Client).SendAsync(request, cancellation);
    }

    /// <summary>What Qdrant asks for, else twice as long each time; not to the millisecond, so that replicas do not come back all at once.</summary>
    private static TimeSpan Pause(int attempt, TimeSpan? asked)
    {
        var pause = asked ?? FirstPause * (1 << (attempt - 1)) * (0.75 + (Random.Shared.NextDouble() / 2));
        return pause < LongestPause ? pause : LongestPause;
    }

    private static string ErrorIn(byte[] body)
    {
        try
        {
            var error = JsonSerializer.Deserialize(body, QdrantJson.Default.Refusal)?.Status?.Error ?? "no reason given";
            return error.Length > LongestError ? error[..LongestError] + " …" : error;
        }
        catch (JsonException)
        {
            // A proxy in between speaks no JSON.
            return "no reason given";
        }
    }
}
