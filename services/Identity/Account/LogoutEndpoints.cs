using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;

namespace LLMoin.Identity.Account;

internal static class LogoutEndpoints
{
    public static async Task<IResult> ShowAsync(HttpContext context, IAntiforgery antiforgery)
    {
        var texts = LoginTexts.For(context.Request);
        var signedIn = (await context.AuthenticateAsync(SignInCookie.Scheme)).Succeeded;
        return Html(signedIn ? AccountPage.Logout(texts, antiforgery.GetAndStoreTokens(context)) : AccountPage.SignedOut(texts));
    }

    public static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (context.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(context))
            await context.SignOutAsync(SignInCookie.Scheme);
        return Results.LocalRedirect("/account/logout");
    }

    private static IResult Html(string page) => Results.Content(page, "text/html", Encoding.UTF8);
}
