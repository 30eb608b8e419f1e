using System.Net;
using System.Text.RegularExpressions;

namespace LLMoin.ServiceTests.Identity;

/// <summary>
/// A browser in front of the gateway: keeps cookies, shows pages, sends forms. Redirects are returned, not followed; addresses under
/// the public url are asked of the process, as the gateway would.
/// </summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(IdentityUnderTest identity, string language = "de", string address = "203.0.113.7")
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = identity.Process.Address };
        _http.DefaultRequestHeaders.Add("Accept-Language", language);
        _http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
    }

    public CookieContainer Cookies { get; } = new();

    public HttpResponseMessage Response { get; private set; } = null!;

    public string Page { get; private set; } = "";

    /// <summary>Where the last answer sends the browser, as a path where it stays on the platform.</summary>
    public string Location => Response.Headers.Location!.OriginalString.Replace(IdentityUnderTest.PublicUrl.ToString(), "/", StringComparison.Ordinal);

    public Task GoAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Sends the page's first form with its hidden fields and these.</summary>
    public Task SubmitAsync(string path, params (string Name, string Value)[] fields)
    {
        var hidden = HiddenField().Matches(Page.Split("</form>")[0]).Select(match => (match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));
        return PostAsync(path, [.. hidden, .. fields]);
    }

    public Task PostAsync(string path, params (string Name, string Value)[] fields)
        => SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        });

    public void Dispose()
    {
        _http.Dispose();
        Response?.Dispose();
    }

    private async Task SendAsync(HttpRequestMessage request)
    {
        using (request)
            Response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Page = await Response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)">""")]
    private static partial Regex HiddenField();
}
