namespace LLMoin.Identity.Account;

/// <summary>No script at all, no frame, no cache, nothing from elsewhere.</summary>
internal sealed class PageSecurity : IEndpointFilter
{
    // The answer to the form is a redirect into the sign-in's return to the client, which browsers count as the form's target.
    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache, no-store";
        headers.Pragma = "no-cache";
        return next(context);
    }
}
