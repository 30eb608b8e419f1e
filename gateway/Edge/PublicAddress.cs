namespace LLMoin.Gateway.Edge;

/// <summary>
/// The gateway answers as its configured public address, whatever <c>Host</c> a client or a proxy in between sends: redirects,
/// cookies and the provider's issuer cannot be bent by a forged header.
/// </summary>
internal static class PublicAddress
{
    public static void UsePublicAddress(this WebApplication app, GatewayOptions gateway)
    {
        var host = new HostString(gateway.PublicUrl.Authority);
        app.Use((context, next) =>
        {
            // The sign-in cookies belong to one host name: 127.0.0.1 and localhost are two.
            if (context.Request.Path == "/auth/login" && HttpMethods.IsGet(context.Request.Method) && context.Request.Host != host)
            {
                context.Response.Redirect(new Uri(gateway.PublicUrl, "/auth/login" + context.Request.QueryString).AbsoluteUri);
                return Task.CompletedTask;
            }

            context.Request.Scheme = gateway.PublicUrl.Scheme;
            context.Request.Host = host;
            return next(context);
        });
    }
}
