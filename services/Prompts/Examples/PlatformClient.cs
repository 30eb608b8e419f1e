using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using LLMoin.Contracts;
using LLMoin.Prompts.Rendering;
using LLMoin.Prompts.Search;
using LLMoin.Prompts.Templates;
using LLMoin.ServiceDefaults;

namespace LLMoin.Prompts.Examples;

/// <summary>The platform as any client of it sees it.</summary>
internal sealed class PlatformClient : IDisposable
{
    private readonly CheckExamplesOptions _options;
    private readonly HttpClient _http;

    public PlatformClient(CheckExamplesOptions options)
    {
        _options = options;
        // A model on few cores takes its time over a long answer.
        _http = new HttpClient { BaseAddress = options.Url, Timeout = TimeSpan.FromMinutes(15) };
        if (!string.IsNullOrWhiteSpace(options.Token))
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
    }

    public async Task<IReadOnlyList<TemplateEntry>> EntriesAsync()
    {
        var entries = new List<TemplateEntry>();
        string? after = null;
        do
        {
            var page = await SendAsync<Page<TemplateEntry>>(HttpMethod.Get, $"api/prompts/templates?limit={Page.MaxLimit}{(after is null ? "" : "&after=" + after)}");
            entries.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return entries;
    }

    public Task<Template> TemplateAsync(Guid id) => SendAsync<Template>(HttpMethod.Get, $"api/prompts/templates/{id}");

    public Task<Rendering.Rendering> RenderAsync(Template template, Example example)
        => SendAsync<Rendering.Rendering>(HttpMethod.Post, $"api/prompts/templates/{template.Id}/renderings", new RenderingRequest(example.Values, template.Version));

    /// <summary>OpenAI's Chat Completions, with the template's hints on temperature and length; which model answers is the caller's choice.</summary>
    public async Task<string> AnswerAsync(Rendering.Rendering rendering, ModelHints? hints)
    {
        var request = new JsonObject
        {
            ["model"] = _options.Model,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = rendering.Text }),
        };
        if (hints?.Temperature is { } temperature)
            request["temperature"] = temperature;
        if (hints?.MaxTokens is { } tokens)
            request["max_tokens"] = tokens;
        if (_options.Sources is { } mode)
            request["sources"] = new JsonObject { ["mode"] = mode };
        var answer = await SendAsync<JsonObject>(HttpMethod.Post, "v1/chat/completions", request);
        return (string?)answer["choices"]?[0]?["message"]?["content"] ?? "";
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: ContractJson.Web);
        using var response = await _http.SendAsync(request);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{method} {_options.Url}{path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadFromJsonAsync<T>(ContractJson.Web) ?? throw new JsonException($"{path} answered null.");
    }
}
