using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.Extensions.Caching.Memory;

namespace LLMoin.Gateway.Authentication;

/// <summary>The identity service cannot be asked: nobody is let in, and nobody is called wrong either (503).</summary>
internal sealed class IdentityUnavailableException(Exception? cause) : Exception("The identity service does not answer.", cause);

/// <summary>
/// Asks the identity service whether a key or a user is still good. Answers, yes and no, count for five seconds from the moment
/// of asking, so that a revoked key or a suspended user is out within that time. Callers at the same moment share one question.
/// </summary>
internal sealed class IdentityChecks(HttpClient identity, InternalTokens tokens) : IDisposable
{
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(5);
    private static readonly Caller Self = new("platform", "gateway", "Gateway", new HashSet<string> { Roles.Gateway }, null);

    // Bounded: wrong keys by the million must not fill the memory. Keys are kept as hashes only.
    private readonly MemoryCache _answers = new(new MemoryCacheOptions { SizeLimit = 20_000, ExpirationScanFrequency = TimeSpan.FromSeconds(30) });

    /// <returns>The key's owner, or null where the key is unknown, revoked or expired, or its owner suspended.</returns>
    /// <exception cref="IdentityUnavailableException">The service does not answer.</exception>
    public async Task<Caller?> KeyAsync(string key, CancellationToken cancellation)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var answer = await AskAsync(("key", hash, ""), "/api/identity/api-key-checks", new { key }, cancellation);
        return answer is { Tenant: { } tenant, UserId: { } user, ApiKeyId: { } id }
            ? new Caller(tenant, user, answer.Name ?? "", KnownRoles.Of(answer.Roles), id) { Departments = DepartmentIds.Of(answer.Departments), Mail = answer.Email }
            : null;
    }

    /// <returns>The caller with today's roles and departments, or null where the user is suspended, gone, or of another tenant.</returns>
    /// <exception cref="IdentityUnavailableException">The service does not answer.</exception>
    public async Task<Caller?> TodayAsync(Caller caller, CancellationToken cancellation)
    {
        var (tenant, userId) = (caller.Tenant, caller.UserId);
        var answer = await AskAsync(("user", tenant, userId), "/api/identity/user-checks", new { userId, tenant }, cancellation);
        return answer is { Active: true } ? caller with { Roles = KnownRoles.Of(answer.Roles), Departments = DepartmentIds.Of(answer.Departments), Mail = answer.Email } : null;
    }

    /// <returns>The user of that address, or null where there is none or the service cannot look users up by address.</returns>
    /// <exception cref="IdentityUnavailableException">The service does not answer.</exception>
    public async Task<Caller?> EmailAsync(string tenant, string email, CancellationToken cancellation)
    {
        var answer = await AskAsync(("email", tenant, email), "/api/identity/user-checks", new { email, tenant }, cancellation);
        return answer is { Active: true, UserId: { } user }
            ? new Caller(tenant, user, answer.Name ?? "", KnownRoles.Of(answer.Roles), null) { Departments = DepartmentIds.Of(answer.Departments), Mail = answer.Email }
            : null;
    }

    public void Dispose() => _answers.Dispose();

    private async Task<Answer> AskAsync(object key, string path, object question, CancellationToken cancellation)
    {
        if (!_answers.TryGetValue(key, out Task<Answer>? asked))
        {
            // Not the caller's cancellation: others may wait for the same answer.
            asked = SendAsync(path, question);
            _ = _answers.Set(key, asked, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Trust });
        }

        try
        {
            return await asked!.WaitAsync(cancellation);
        }
        catch (IdentityUnavailableException)
        {
            _answers.Remove(key);
            throw;
        }
    }

    private async Task<Answer> SendAsync(string path, object question)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(question) };
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(tokens.For(Self));
            using var response = await identity.SendAsync(request);
            if ((int)response.StatusCode is >= 500 or 401 or 403)
                throw new IdentityUnavailableException(null);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync<Answer>() ?? Answer.No
                : Answer.No;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException)
        {
            throw new IdentityUnavailableException(exception);
        }
    }

    /// <summary>
    /// What the checks answer: for a key its owner and the key's id, or 404; for a user <c>active</c>, today's roles and departments, and the id and
    /// name where the user was named by address.
    /// </summary>
    private sealed record Answer(bool? Active, Guid? ApiKeyId, string? Tenant, string? UserId, string? Name, string[]? Roles, string[]? Departments, string? Email = null)
    {
        public static readonly Answer No = new(false, null, null, null, null, null, null);
    }
}
