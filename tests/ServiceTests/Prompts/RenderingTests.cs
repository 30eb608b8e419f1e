using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;

namespace LLMoin.ServiceTests.Prompts;

public sealed class RenderingTests(Servers servers)
{
    private const string Templates = "/api/prompts/templates";
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task Values_are_checked_by_name_and_type()
    {
        using var anna = (await servers.ServiceAsync("Prompts")).ClientFor(_tenant, "anna", "user");
        var path = await SaveAsync(anna, "{{ wer }} {{ zahl }} {{ tag | datum }} {{ ja }} {{ art }} {% for x in liste %}<{{ x }}>{% endfor %}",
            ("wer", "text", true), ("zahl", "number", false), ("tag", "date", false), ("ja", "boolean", false), ("art", "choice", false), ("liste", "list", false));

        var full = new JsonObject { ["wer"] = "Änne", ["zahl"] = 3.5, ["tag"] = "2026-12-24", ["ja"] = true, ["art"] = "kurz", ["liste"] = new JsonArray("a", "b") };
        Assert.Equal("Änne 3,5 24. Dezember 2026 true kurz <a><b>", (string?)(await RenderAsync(anna, path, full).OkAsync())["text"]);
        await RenderAsync(anna, path, []).ProblemAsync(HttpStatusCode.BadRequest, "missing-variable", "values.wer");
        await RenderAsync(anna, path, new JsonObject { ["wer"] = "  " }).ProblemAsync(HttpStatusCode.BadRequest, "missing-variable", "values.wer");
        await RenderAsync(anna, path, new JsonObject { ["wer"] = "a", ["fremd"] = 1 }).ProblemAsync(HttpStatusCode.BadRequest, "unknown-variable", "values.fremd");
        foreach (var (name, value) in new (string, JsonNode)[]
                 {
                     ("wer", 3), ("wer", new string('a', 1001)), ("zahl", "drei"), ("tag", "24.12.2026"), ("ja", "ja"), ("art", "lang"), ("liste", "a"), ("liste", new JsonArray(1)),
                 })
        {
            var values = new JsonObject { ["wer"] = "a" };
            values[name] = value;
            await RenderAsync(anna, path, values).ProblemAsync(HttpStatusCode.BadRequest, "unfit-value", "values." + name);
        }
    }

    [Theory]
    [InlineData("{{ fremd }}")]
    [InlineData("{% if %}")]
    [InlineData("{% for x in (1..1000000000) %}a{% endfor %}")]
    [InlineData("{% assign s = (1..1000000000) %}")]
    [InlineData("{% capture s %}a{% endcapture %}")]
    [InlineData("{% assign s = wer | append: wer %}")]
    [InlineData("{{ wer | upcase | replace: 'a', wer }}")]
    [InlineData("{% include 'x' %}")]
    [InlineData("{% render 'x' %}")]
    [InlineData("{{ wer | datum: '%999999999Y' | date: '%9' }}")]
    [InlineData("{{ \"unclosed }}")]
    [InlineData("{% liquid\nassign x = wer\n%}")]
    public async Task A_body_that_is_no_safe_template_is_refused_when_it_is_saved(string body)
    {
        using var anna = (await servers.ServiceAsync("Prompts")).ClientFor(_tenant, "anna", "user");
        await anna.PostAsync(Templates, Template(body, [("wer", "text", false)])).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "body");
    }

    [Fact]
    public async Task Deep_and_long_templates_do_not_end_the_process()
    {
        var service = await servers.ServiceAsync("Prompts");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var process = service.ProcessId;
        foreach (var body in new[]
                 {
                     string.Concat(Enumerable.Repeat("{% if wer %}", 1500)) + string.Concat(Enumerable.Repeat("{% endif %}", 600)),
                     "{{ " + string.Concat(Enumerable.Repeat("wer[", 4000)) + " }}",
                     "{% if wer" + string.Concat(Enumerable.Repeat(" and wer", 2000)) + " %}{% endif %}",
                     string.Concat(Enumerable.Repeat("{{", 9000)),
                     string.Concat(Enumerable.Repeat("{%", 9000)),
                     string.Concat(Enumerable.Repeat("{%-if wer", 2000)),
                     string.Concat(Enumerable.Repeat("{% case wer %}{% when 1 %}", 700)),
                     string.Concat(Enumerable.Repeat("{% for x in wer %}", 1000)),
                     string.Concat(Enumerable.Repeat("{% comment %}", 1400)),
                 })
        {
            var before = Computed(service);
            await anna.PostAsync(Templates, Template(body, [("wer", "text", false)])).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "body");
            var used = Computed(service) - before;
            Assert.True(used < TimeSpan.FromSeconds(5), $"{used} for {body[..20]}");
        }

        Assert.Equal(HttpStatusCode.OK, (await anna.GetAsync(Templates)).StatusCode);
        Assert.Equal(process, service.ProcessId);
    }

    [Fact]
    public async Task A_template_that_multiplies_its_values_is_stopped()
    {
        var service = await servers.ServiceAsync("Prompts");
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var path = await SaveAsync(anna,
            "{% for a in liste %}{% for b in liste %}{% for c in liste %}{% for d in liste %}{{ text }}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
            ("liste", "list", false), ("text", "long-text", false));
        var items = new JsonArray([.. Enumerable.Range(0, 100).Select(n => (JsonNode)n.ToString(null, null))]);
        foreach (var text in new[] { new string('a', 40_000), "" })
        {
            var before = Computed(service);
            await RenderAsync(anna, path, new JsonObject { ["liste"] = items.DeepClone(), ["text"] = text }).ProblemAsync(HttpStatusCode.BadRequest, "rendering-limit", "values");
            var used = Computed(service) - before;
            Assert.True(used < TimeSpan.FromSeconds(5), used.ToString());
        }
    }

    /// <summary>What its process has computed: a machine that pauses takes nothing of it.</summary>
    private static TimeSpan Computed(ServiceProcess service)
    {
        using var process = Process.GetProcessById(service.ProcessId);
        return process.TotalProcessorTime;
    }

    private static async Task<string> SaveAsync(HttpClient client, string body, params (string Name, string Type, bool Required)[] variables)
        => $"{Templates}/{(await client.PostAsync(Templates, Template(body, variables)).OkAsync(HttpStatusCode.Created))["id"]}/renderings";

    private static Task<HttpResponseMessage> RenderAsync(HttpClient client, string path, JsonObject values)
        => client.PostAsync(path, new JsonObject { ["values"] = values });

    private static JsonObject Template(string body, (string Name, string Type, bool Required)[] variables) => new()
    {
        ["name"] = "t" + Guid.NewGuid().ToString("n")[..10],
        ["title"] = "Vorlage",
        ["body"] = body,
        ["variables"] = new JsonArray([.. variables.Select(variable =>
        {
            var json = new JsonObject { ["name"] = variable.Name, ["type"] = variable.Type, ["required"] = variable.Required };
            if (variable.Type == "choice")
                json["choices"] = new JsonArray("kurz", "mittel");
            return (JsonNode)json;
        })]),
    };
}
