using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Sources.SharePoint;

/// <summary>Access tokens by client credentials (RFC 6749, section 4.4), one a tenant, kept in memory until shortly before they end.</summary>
internal sealed class GraphTokens(HttpClient http, IOptions<SharePointOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    /// <exception cref="SourceException">Signing in fails.</exception>
    public async Task<string> ForAsync(string tenant, CancellationToken cancellation)
    {
        var slot = _slots.GetOrAdd(tenant, _ => new Slot());
        await slot.Gate.WaitAsync(cancellation);
        try
        {
            if (slot.Token is { } token && clock.GetUtcNow() < slot.Until)
                return token;
            var answer = await SignInAsync(tenant, cancellation);
            slot.Until = clock.GetUtcNow() + TimeSpan.FromSeconds(answer.ExpiresIn) - Before;
            return slot.Token = answer.AccessToken;
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    /// <summary>Graph no longer takes it.</summary>
    public void Forget(string tenant) => _slots.TryRemove(tenant, out _);

    private async Task<TokenAnswer> SignInAsync(string tenant, CancellationToken cancellation)
    {
        if (!options.Value.Tenants.TryGetValue(tenant, out var app))
            throw new SourceException(SourceReason.NotAllowed);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = app.ClientId,
            ["client_secret"] = app.ClientSecret,
            ["scope"] = options.Value.Graph.GetLeftPart(UriPartial.Authority) + "/.default",
        });
        try
        {
            var address = new Uri(options.Value.SignIn, Uri.EscapeDataString(app.Directory) + "/oauth2/v2.0/token");
            using var response = await http.PostAsync(address, form, cancellation);
            if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
                throw new SourceException(SourceReason.SignIn);
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<TokenAnswer>(cancellation) ?? throw new SourceException(SourceReason.SignIn);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new SourceException(SourceReason.Unreachable, null, failure);
        }
    }

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public string? Token { get; set; }

        public DateTimeOffset Until { get; set; }
    }
}
