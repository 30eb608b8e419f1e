namespace LLMoin.Identity.Account;

internal static class Stylesheet
{
    private static readonly string Css = Read();

    public static IResult Get(HttpContext context)
    {
        context.Response.Headers.Remove("Pragma");
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Text(Css, "text/css");
    }

    private static string Read()
    {
        using var reader = new StreamReader(typeof(Stylesheet).Assembly.GetManifestResourceStream("account.css")!);
        return reader.ReadToEnd();
    }
}
