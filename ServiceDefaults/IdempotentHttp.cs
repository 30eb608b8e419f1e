using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace LLMoin.ServiceDefaults;

public static class IdempotentHttp
{
    /// <summary>
    /// Time-outs, a circuit breaker and retries with backoff (Polly), the retries only for methods that are safe to repeat
    /// (RFC 9110, section 9.2.2). Never put it on a client that starts a generation: a repeated start is a second answer.
    /// </summary>
    public static IHttpClientBuilder AddIdempotentResilience(this IHttpClientBuilder client)
    {
        client.AddStandardResilienceHandler(options =>
        {
            options.Retry.MaxRetryAttempts = 2;
            options.Retry.DisableForUnsafeHttpMethods();
            options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(5);
            options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(12);
        });
        return client;
    }
}
