using System.Collections.Concurrent;
using System.Text.Json;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Prompts.Tenancy;

/// <summary>
/// Which Land a tenant belongs to: the root of its path in Identity's tree. A tenant never moves, so each is asked about once, in the
/// name of somebody who belongs to it. While Identity does not answer, the Land's templates of other tenants are missing, nothing else.
/// </summary>
internal sealed partial class TenantTree(IHttpClientFactory clients, IConfiguration configuration, TimeProvider clock, ILogger<TenantTree> logger)
{
    public const string Client = "identity";
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, string> _lands = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _unanswered = new(StringComparer.Ordinal);
    private readonly bool _isConfigured = configuration.GetSection("services:identity").GetChildren().Any();

    /// <returns>The Land's tenant id, the tenant itself where it has none above it; null while that is not known.</returns>
    public ValueTask<string?> LandAsync(Caller caller, CancellationToken cancellation)
    {
        if (_lands.TryGetValue(caller.Tenant, out var land))
            return ValueTask.FromResult<string?>(land);
        if (!_isConfigured || (_unanswered.TryGetValue(caller.Tenant, out var asked) && clock.GetUtcNow() - asked < AskAgainAfter))
            return ValueTask.FromResult<string?>(null);
        return new ValueTask<string?>(AskAsync(caller.Tenant, cancellation));
    }

    private async Task<string?> AskAsync(string tenant, CancellationToken cancellation)
    {
        try
        {
            using var client = clients.CreateClient(Client);
            var me = await client.GetFromJsonAsync<Me>("/api/identity/me", cancellation);
            return _lands[tenant] = me?.TenantPath is [var root, ..] ? root : tenant;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            _unanswered[tenant] = clock.GetUtcNow();
            LogUnanswered(exception, tenant);
            return null;
        }
    }

    private sealed record Me(IReadOnlyList<string>? TenantPath);

    [LoggerMessage(LogLevel.Warning, "Identity did not say which Land tenant {Tenant} belongs to; asking again later")]
    private partial void LogUnanswered(Exception exception, string tenant);
}
