using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Sources.SharePoint;

/// <summary>Graph answered with an error that asking again at once would not change.</summary>
internal sealed class GraphException(HttpStatusCode status, Exception? cause = null) : Exception($"Graph answered {(int)status}.", cause)
{
    public HttpStatusCode Status { get; } = status;
}

/// <summary>
/// Microsoft Graph by plain HTTP. It comes back when told to (429, 503, 504 with <c>Retry-After</c>), a bounded number of times and within
/// <see cref="SourceOptions.LongestPause"/>; a token goes to Graph alone, never along with a redirect.
/// </summary>
internal sealed class GraphClient(HttpClient http, GraphTokens tokens, IOptions<SharePointOptions> options, IOptions<SourceOptions> sources, TimeProvider clock)
{
    private const int Attempts = 6;

    private static readonly TimeSpan ReadWithin = TimeSpan.FromMinutes(2);

    /// <exception cref="GraphException">Graph refuses.</exception>
    /// <exception cref="SourceException">Graph cannot be asked at present.</exception>
    public async Task<T> GetAsync<T>(string tenant, string address, string? prefer, CancellationToken cancellation)
    {
        using var response = await SendAsync(tenant, Address(address), prefer, cancellation);
        if (!response.IsSuccessStatusCode)
            throw new GraphException(response.StatusCode);
        return await ReadAsync(token => response.Content.ReadFromJsonAsync<T>(token), cancellation) ?? throw new GraphException(HttpStatusCode.BadGateway);
    }

    /// <summary>All pages of a collection.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(string tenant, string address, CancellationToken cancellation)
    {
        var all = new List<T>();
        for (var next = address; next is not null;)
        {
            var page = await GetAsync<GraphPage<T>>(tenant, next, null, cancellation);
            all.AddRange(page.Value ?? []);
            next = page.NextLink;
        }

        return all;
    }

    /// <summary>Content, which Graph hands out at an address that carries its own permission.</summary>
    /// <exception cref="ItemException">It is longer than <paramref name="limit"/>.</exception>
    public async Task<byte[]> DownloadAsync(string tenant, string address, int limit, CancellationToken cancellation)
    {
        using var response = await SendAsync(tenant, Address(address), null, cancellation);
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
            return response.IsSuccessStatusCode ? await ContentAsync(response, limit, cancellation) : throw new GraphException(response.StatusCode);
        if (response.Headers.Location is not { IsAbsoluteUri: true } location || (location.Scheme != Uri.UriSchemeHttps && !location.IsLoopback))
            throw new GraphException(HttpStatusCode.BadGateway);
        using var content = await SendAsync(null, location, null, cancellation);
        return content.IsSuccessStatusCode ? await ContentAsync(content, limit, cancellation) : throw new GraphException(content.StatusCode);
    }

    private static Task<byte[]> ContentAsync(HttpResponseMessage response, int limit, CancellationToken cancellation) => ReadAsync(
        async token =>
        {
            await using var stream = await response.Content.ReadAsStreamAsync(token);
            return await BoundedContent.ReadAsync(stream, limit, token);
        }, cancellation);

    /// <summary>A body may break off or stand still.</summary>
    private static async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        within.CancelAfter(ReadWithin);
        try
        {
            return await read(within.Token);
        }
        catch (Exception failure) when (failure is JsonException or HttpRequestException or IOException
            || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new GraphException(HttpStatusCode.BadGateway, failure);
        }
    }

    /// <summary>What Graph calls the next address is believed only where it is Graph's.</summary>
    private Uri Address(string address)
    {
        var graph = options.Value.Graph;
        var whole = new Uri(graph, address);
        return graph.IsBaseOf(whole) ? whole : throw new GraphException(HttpStatusCode.BadGateway);
    }

    /// <param name="tenant">Whose token goes along; null: none.</param>
    private async Task<HttpResponseMessage> SendAsync(string? tenant, Uri address, string? prefer, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (prefer is not null)
                request.Headers.Add("Prefer", prefer);
            if (tenant is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.ForAsync(tenant, cancellation));
            var response = await TrySendAsync(request, cancellation);
            if (response is { StatusCode: HttpStatusCode.Unauthorized } && tenant is not null && attempt == 1)
                tokens.Forget(tenant);
            else if (response is not null && (int)response.StatusCode is not (429 or 503 or 504))
                return response;

            var asked = RetryAfter(response);
            var wait = response?.StatusCode == HttpStatusCode.Unauthorized ? TimeSpan.Zero : asked ?? TimeSpan.FromSeconds(Math.Pow(2, attempt - 1));
            var reason = response is null ? SourceReason.Unreachable : SourceReason.Busy;
            response?.Dispose();
            if (attempt == Attempts || wait > sources.Value.LongestPause)
                throw new SourceException(reason, asked);
            await Task.Delay(wait, clock, cancellation);
        }
    }

    /// <returns>Null where nobody answers.</returns>
    private async Task<HttpResponseMessage?> TrySendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage? response)
    {
        var wait = response?.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
