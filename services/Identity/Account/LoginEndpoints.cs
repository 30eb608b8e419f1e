using System.Globalization;
using System.Text;
using LLMoin.Identity.Seed;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace LLMoin.Identity.Account;

internal static class LoginEndpoints
{
    public static Task<IResult> ShowAsync(HttpContext context, IAntiforgery antiforgery, IOptions<IdentityOptions> options, string returnUrl = "/")
        => Task.FromResult(Show(context, antiforgery, options, returnUrl));

    public static async Task<IResult> SignInAsync(
        HttpContext context, IAntiforgery antiforgery, PasswordSignIn passwords, IOptions<IdentityOptions> options, CancellationToken cancellation)
    {
        if (!context.Request.HasFormContentType)
            return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var form = await context.Request.ReadFormAsync(cancellation);
        var returnUrl = Local(form["returnUrl"]);
        var texts = LoginTexts.For(context.Request);
        if (!await antiforgery.IsRequestValidAsync(context))
            return Show(context, antiforgery, options, returnUrl, texts.FormExpired, StatusCodes.Status400BadRequest);

        var (userName, password) = options.Value.DemoUsers && form["demo"] is [{ Length: > 0 } demo]
            ? (demo, DemoData.Password)
            : (form["userName"].ToString(), form["password"].ToString());
        var attempt = await passwords.TryAsync(userName, password, ClientAddress.Of(context), cancellation);
        if (attempt.Wait is { } wait)
        {
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            var text = string.Format(CultureInfo.InvariantCulture, texts.TooMany, Language.Duration(wait, texts.Language == "en"));
            return Show(context, antiforgery, options, returnUrl, text, StatusCodes.Status429TooManyRequests, userName);
        }
        if (attempt.User is not { } user)
            return Show(context, antiforgery, options, returnUrl, texts.Wrong, StatusCodes.Status400BadRequest, userName);

        await context.SignInAsync(SignInCookie.Scheme, SignInCookie.Principal(user));
        return Results.LocalRedirect(returnUrl);
    }

    private static IResult Show(
        HttpContext context, IAntiforgery antiforgery, IOptions<IdentityOptions> options, string returnUrl,
        string? error = null, int status = StatusCodes.Status200OK, string userName = "")
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        var page = AccountPage.Login(LoginTexts.For(context.Request), tokens, Local(returnUrl), userName, error, options.Value.DemoUsers);
        return Results.Content(page, "text/html", Encoding.UTF8, status);
    }

    /// <summary>A path on this host; anything else, such as <c>//elsewhere</c>, becomes the start page.</summary>
    public static string Local(string? url)
        => url is ['/', .. var rest] && (rest is "" || rest[0] is not ('/' or '\\')) && !url.Any(char.IsControl) ? url : "/";
}
