using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using LLMoin.Identity.Seed;
using Microsoft.AspNetCore.Antiforgery;

namespace LLMoin.Identity.Account;

/// <summary>The pages as HTML: plain forms that work without script, read well aloud, and follow the system's dark mode.</summary>
internal static class AccountPage
{
    public static string Login(LoginTexts texts, AntiforgeryTokenSet form, string returnUrl, string userName, string? error, bool demo)
    {
        var alert = error is null ? "" : $"""<p class="error" id="error" role="alert">{E(error)}</p>""";
        var described = error is null ? "" : """ aria-describedby="error" aria-invalid="true" """;
        // The field to go on with has the focus: the password where the name is known already.
        var (nameFocus, passwordFocus) = userName == "" ? (" autofocus", "") : ("", " autofocus");
        return Layout(texts, texts.SignIn,
            $"""
            <p>{E(texts.Lead)}</p>
            {alert}
            <form method="post" action="login">
              {Hidden(form, returnUrl)}
              <label for="userName">{E(texts.UserName)}</label>
              <input id="userName" name="userName" type="email" autocomplete="username" required maxlength="254" value="{E(userName)}"{described}{nameFocus}>
              <label for="password">{E(texts.Password)}</label>
              <input id="password" name="password" type="password" autocomplete="current-password" required maxlength="254"{described}{passwordFocus}>
              <button type="submit">{E(texts.SignIn)}</button>
            </form>
            {(demo ? Demo(texts, form, returnUrl) : "")}
            """);
    }

    public static string Logout(LoginTexts texts, AntiforgeryTokenSet form) => Layout(texts, texts.SignOut,
        $"""
        <p>{E(texts.SignOutLead)}</p>
        <form method="post" action="logout">{Hidden(form, "/")}<button type="submit">{E(texts.SignOut)}</button></form>
        """);

    public static string SignedOut(LoginTexts texts) => Layout(texts, texts.SignedOut,
        $"""<p>{E(texts.SignedOutLead)}</p><p><a href="/">{E(texts.BackToStart)}</a></p>""");

    private static string Demo(LoginTexts texts, AntiforgeryTokenSet form, string returnUrl)
    {
        var rows = new StringBuilder();
        foreach (var user in DemoData.Users)
        {
            var label = string.Format(CultureInfo.InvariantCulture, texts.SignInAs, user.Name);
            rows.Append(CultureInfo.InvariantCulture,
                $"""
                <li><button type="submit" class="quiet" name="demo" value="{E(user.UserName)}" aria-label="{E(label)}">{E(user.Name)}</button>
                <span>{E(user.UserName)}<br><small>{E(user.Tenant)}: {E(string.Join(", ", user.Roles))}</small></span></li>
                """);
        }
        return
            $"""
            <section aria-labelledby="demo">
              <h2 id="demo">{E(texts.DemoTitle)}</h2>
              <p>{E(texts.DemoLead)}</p>
              <form method="post" action="login">{Hidden(form, returnUrl)}<ul>{rows}</ul></form>
            </section>
            """;
    }

    private static string Layout(LoginTexts texts, string title, string content) =>
        $"""
        <!doctype html>
        <html lang="{texts.Language}">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <meta name="robots" content="noindex">
          <title>{E(title)} · LLMoin</title>
          <link rel="stylesheet" href="account.css">
        </head>
        <body>
          <main>
            <p class="brand">LLMoin</p>
            <h1>{E(title)}</h1>
            {content}
          </main>
        </body>
        </html>
        """;

    private static string Hidden(AntiforgeryTokenSet form, string returnUrl) =>
        $"""
        <input type="hidden" name="{E(form.FormFieldName)}" value="{E(form.RequestToken!)}">
        <input type="hidden" name="returnUrl" value="{E(returnUrl)}">
        """;

    private static string E(string text) => HtmlEncoder.Default.Encode(text);
}
