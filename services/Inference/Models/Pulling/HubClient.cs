using System.Net;
using System.Net.Http.Headers;

namespace LLMoin.Inference.Models.Pulling;

/// <param name="Size">Bytes.</param>
/// <param name="ETag">The version's name for <c>If-Range</c>; null where the server has no strong one.</param>
/// <param name="Sha256">The checksum that the server claims; null where it claims none.</param>
internal sealed record RemoteFile(long Size, string? ETag, string? Sha256);

/// <summary>
/// Speaks with Hugging Face or a mirror of it: <c>GET /{owner}/{repo}/resolve/main/{file}</c>, which as a rule redirects to another host. The
/// hub's own answer carries the file's SHA-256 in <c>X-Linked-Etag</c>. Redirects are followed by hand, since the token is only for the hub.
/// </summary>
internal sealed class HubClient : IDisposable
{
    /// <summary>Without an answer or a byte, a connection counts as broken.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    private const int MostRedirects = 5;

    private readonly Uri _hub;
    private readonly string? _token;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(20) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { UserAgent = { new("LLMoin", "1") } },
    };

    /// <param name="hub">The hub's base address.</param>
    /// <param name="token">An access token for gated models.</param>
    public HubClient(Uri hub, string? token)
    {
        _hub = new Uri(hub.AbsoluteUri.TrimEnd('/') + "/");
        _token = token is { Length: > 0 } ? token : null;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Asks for the first byte, which unlike HEAD every host answers that a redirect may lead to.</summary>
    /// <exception cref="PullException">The hub says no.</exception>
    /// <exception cref="TransientPullException">No connection, or the hub is busy.</exception>
    public async Task<RemoteFile> ProbeAsync(HubFile file, CancellationToken cancellation)
    {
        using var answer = await SendAsync(file, new RangeHeaderValue(0, 0), null, cancellation);
        var response = answer.Response;
        var size = response.Content.Headers.ContentRange?.Length
            ?? (response.StatusCode == HttpStatusCode.OK ? response.Content.Headers.ContentLength : null)
            ?? throw new PullException($"{_hub.Host} does not say how large {file} is.");
        return new RemoteFile(size, Strong(response.Headers.ETag), answer.Sha256);
    }

    /// <summary>The content from <paramref name="offset"/> on or, if the server does not continue that version, from its start.</summary>
    /// <exception cref="PullException">The hub says no, or has another file now.</exception>
    /// <exception cref="TransientPullException">No connection, or the hub is busy.</exception>
    public async Task<HubContent> GetAsync(HubFile file, RemoteFile expected, long offset, CancellationToken cancellation)
    {
        var answer = await SendAsync(file, offset > 0 ? new RangeHeaderValue(offset, null) : null, offset > 0 ? expected.ETag : null, cancellation);
        var headers = answer.Response.Content.Headers;
        var start = answer.Response.StatusCode == HttpStatusCode.PartialContent ? headers.ContentRange?.From ?? -1 : 0;
        var size = headers.ContentRange?.Length ?? headers.ContentLength;
        if (start != offset && start != 0 || size is { } now && now != expected.Size)
        {
            answer.Dispose();
            throw new PullException($"{file} has changed on {_hub.Host} while it was downloaded. Pull it again.");
        }
        return new HubContent(answer.Response, start, await answer.Response.Content.ReadAsStreamAsync(cancellation));
    }

    private async Task<Answer> SendAsync(HubFile file, RangeHeaderValue? range, string? ifRange, CancellationToken cancellation)
    {
        var uri = new Uri(_hub, $"{file.Repository}/resolve/main/{string.Join('/', file.File.Split('/').Select(Uri.EscapeDataString))}");
        string? sha256 = null;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            var response = await SendOnceAsync(uri, range, ifRange, cancellation);
            sha256 ??= Sha256(response);
            if (response.IsSuccessStatusCode)
                return new Answer(response, sha256);
            using (response)
            {
                if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
                    throw Refusal(file, uri, response);
                var next = new Uri(uri, location);
                if (next.Scheme != Uri.UriSchemeHttps && (next.Scheme != Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps))
                    throw new PullException($"{uri.Host} leads to {next.Scheme}://{next.Host}, which is not encrypted.");
                uri = next;
            }
        }
        throw new PullException($"{_hub.Host} redirects more than {MostRedirects} times.");
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Uri uri, RangeHeaderValue? range, string? ifRange, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Range = range;
        request.Headers.IfRange = ifRange is null ? null : new RangeConditionHeaderValue(ifRange);
        if (_token is not null && IsHub(uri))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(LongestSilence);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TransientPullException($"{uri.Authority} does not answer.");
        }
        catch (HttpRequestException e)
        {
            throw new TransientPullException($"No connection to {uri.Authority} ({e.InnerException?.Message ?? e.Message}). Is there a network, is a proxy needed "
                + "(HTTPS_PROXY), or a mirror (Inference__HubUrl)? Without a network: docs/models.md, 'Without a network'.");
        }
    }

    private Exception Refusal(HubFile file, Uri uri, HttpResponseMessage response) => (int)response.StatusCode switch
    {
        401 when IsHub(uri) && _token is null => new PullException(
            $"{uri.Host} wants to know who asks for {file} (401): the model is gated or private, or does not exist. Accept its licence on "
            + $"{new Uri(_hub, file.Repository)}, make an access token there and set HF_TOKEN."),
        401 when IsHub(uri) => new PullException($"{uri.Host} does not accept the token in HF_TOKEN (401), or {file} does not exist."),
        403 when IsHub(uri) => new PullException(
            $"{uri.Host} does not give {file} to you (403). Accept its licence on {new Uri(_hub, file.Repository)}; the token in HF_TOKEN must be allowed to read it."),
        404 => new PullException($"{uri.Host} has no {file} (404). Look at {new Uri(_hub, file.Repository + "/tree/main")} for the file's exact name."),
        416 => new PullException($"{uri.Host} has less of {file} than was downloaded already (416)."),
        408 or 429 or >= 500 => new TransientPullException($"{uri.Host} is busy or out of order ({(int)response.StatusCode})."),
        var status => new PullException($"{uri.Host} answered {status} for {file}."),
    };

    private bool IsHub(Uri uri) => uri.Scheme == _hub.Scheme && uri.Authority == _hub.Authority;

    private static string? Sha256(HttpResponseMessage response)
    {
        var linked = response.Headers.TryGetValues("X-Linked-Etag", out var values) ? values.FirstOrDefault() : null;
        return Checksum.Of((linked ?? response.Headers.ETag?.Tag)?.Trim('"'));
    }

    private static string? Strong(EntityTagHeaderValue? tag) => tag is { IsWeak: false } ? tag.Tag : null;

    private sealed record Answer(HttpResponseMessage Response, string? Sha256) : IDisposable
    {
        public void Dispose() => Response.Dispose();
    }
}

/// <param name="Response">Closed with this.</param>
/// <param name="Start">Where in the file the stream begins.</param>
/// <param name="Stream">The file's bytes from there to its end.</param>
internal sealed record HubContent(HttpResponseMessage Response, long Start, Stream Stream) : IDisposable
{
    public void Dispose() => Response.Dispose();
}
