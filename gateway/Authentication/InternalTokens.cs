using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.Extensions.Caching.Memory;

namespace LLMoin.Gateway.Authentication;

/// <summary>Internal tokens by caller. One is used for half its life: signing costs more than the rest of a request's way through here.</summary>
internal sealed class InternalTokens(IConfiguration configuration, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Reuse = InternalTokenSigner.Lifetime / 2;

    private readonly InternalTokenSigner _signer = new(
        configuration["Internal:SigningKey"]
            ?? throw new InvalidOperationException("Internal:SigningKey is missing: base64 of a P-256 private key in PKCS#8."), clock);
    private readonly MemoryCache _tokens = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <summary>The value of an <c>Authorization</c> header.</summary>
    public string For(Caller caller)
    {
        var key = (caller.Tenant, caller.UserId, caller.Name, Joined(caller.Roles), Joined(caller.Departments), caller.Mail, caller.ApiKeyId);
        return _tokens.GetOrCreate(key, entry =>
        {
            entry.Size = 1;
            entry.AbsoluteExpirationRelativeToNow = Reuse;
            return "Bearer " + _signer.Sign(caller);
        })!;
    }

    /// <summary>For the header of <see cref="Delegation"/>; made for each request, as it is worth more than the other.</summary>
    public string DelegationFor(Caller caller) => _signer.SignDelegation(caller);

    private static string Joined(IEnumerable<string> names) => string.Join('\n', names.Order(StringComparer.Ordinal));

    public void Dispose()
    {
        _tokens.Dispose();
        _signer.Dispose();
    }
}
