namespace LLMoin.Identity.Account;

/// <summary>What the pages say.</summary>
internal sealed record LoginTexts(
    string Language,
    string SignIn,
    string Lead,
    string UserName,
    string Password,
    string Wrong,
    string TooMany,
    string FormExpired,
    string DemoTitle,
    string DemoLead,
    string SignInAs,
    string SignOut,
    string SignOutLead,
    string SignedOut,
    string SignedOutLead,
    string BackToStart)
{
    public static LoginTexts For(HttpRequest request) => Account.Language.IsEnglish(request) ? English : German;

    private static readonly LoginTexts German = new(
        "de",
        "Anmelden",
        "Der KI-Assistent Ihrer Verwaltung.",
        "E-Mail-Adresse",
        "Passwort",
        "E-Mail-Adresse oder Passwort ist falsch, oder das Konto ist gesperrt. Bitte versuchen Sie es noch einmal.",
        "Zu viele Versuche. Bitte warten Sie {0} und versuchen Sie es dann noch einmal.",
        "Das Formular war zu lange offen. Bitte melden Sie sich noch einmal an.",
        "Vorführkonten",
        "Diese Installation zeigt LLMoin vor. Wählen Sie ein Konto; ein Passwort brauchen Sie dafür nicht.",
        "Anmelden als {0}",
        "Abmelden",
        "Möchten Sie sich abmelden?",
        "Abgemeldet",
        "Sie sind abgemeldet.",
        "Zur Startseite");

    private static readonly LoginTexts English = new(
        "en",
        "Sign in",
        "Your administration's AI assistant.",
        "E-mail address",
        "Password",
        "E-mail address or password is wrong, or the account is suspended. Please try again.",
        "Too many attempts. Please wait {0}, then try again.",
        "The form was open for too long. Please sign in again.",
        "Demo accounts",
        "This installation demonstrates LLMoin. Choose an account; no password is needed.",
        "Sign in as {0}",
        "Sign out",
        "Do you want to sign out?",
        "Signed out",
        "You are signed out.",
        "To the start page");
}
