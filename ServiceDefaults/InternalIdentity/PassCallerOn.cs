using Microsoft.AspNetCore.Http;

namespace LLMoin.ServiceDefaults.InternalIdentity;

/// <summary>Puts the caller's own internal token on a request to another service: that service sees the person, not us.</summary>
public sealed class PassCallerOn(IHttpContextAccessor accessor) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (accessor.HttpContext?.Request.Headers.Authorization is [{ } token])
            request.Headers.TryAddWithoutValidation("Authorization", token);
        return base.SendAsync(request, cancellationToken);
    }
}
