using System.Security.Cryptography;
using System.Text;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.Extensions.Options;

namespace LLMoin.Prompts.Ratings;

/// <summary>
/// Who rated, as HMAC-SHA-256 of tenant, user and template: the same person rates a template once, and neither who it was nor what else
/// they rated can be read from it without the key.
/// </summary>
internal sealed class RaterHash(TenantDatabase database, IOptions<PromptsOptions> options)
{
    private byte[]? _key = options.Value.RatingKey is { } configured ? Convert.FromBase64String(configured) : null;

    public async ValueTask<byte[]> OfAsync(Caller caller, Guid template, CancellationToken cancellation)
        => HMACSHA256.HashData(_key ??= await StoredKeyAsync(cancellation), Encoding.UTF8.GetBytes($"{caller.Tenant}\n{caller.UserId}\n{template}"));

    private async Task<byte[]> StoredKeyAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWithoutTenantAsync(cancellation);
        return (await transaction.SingleAsync<byte[]>("select key from rating_key", null, cancellation))!;
    }
}
