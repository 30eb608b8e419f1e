using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;
using Npgsql;
using static LLMoin.ServiceTests.Prompts.PromptsBed;

namespace LLMoin.ServiceTests.Prompts;

public sealed class LibraryTests(Servers servers)
{
    private readonly string _tenant = NewTenant();

    [Fact]
    public async Task A_diff_names_lines_and_fields_and_a_rollback_is_a_new_version()
    {
        var service = await PromptsBed.StartAsync(servers);
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var id = await anna.CreateAsync(Template("brief", "Guten Tag\n{{ name }}\nEnde"));
        var changed = Template("brief", "Guten Tag\nliebe {{ name }}\nEnde");
        changed["titleEn"] = "Letter";
        await anna.PutAsync($"{Templates}/{id}", changed, "\"1\"").OkAsync();

        var diff = await anna.GetAsync($"{Templates}/{id}/versions/1/diff/2").OkAsync();
        Assert.Equal(["same 1 Guten Tag", "removed 2 {{ name }}", "added 2 liebe {{ name }}", "same 3 Ende"],
            diff["body"]!.AsArray().Select(line => $"{line!["kind"]} {line["line"]} {line["text"]}"));
        Assert.Equal(["titleEn  Letter"], diff["fields"]!.AsArray().Select(field => $"{field!["name"]} {field["before"]} {field["after"]}"));
        await anna.GetAsync($"{Templates}/{id}/versions/1/diff/9").ProblemAsync(HttpStatusCode.NotFound, "not-found", "version");

        await anna.RollBackAsync(id, 1, null).ProblemAsync((HttpStatusCode)428, "version-required");
        await anna.RollBackAsync(id, 1, "\"1\"").ProblemAsync(HttpStatusCode.Conflict, "stale-version");
        var back = await anna.RollBackAsync(id, 1, "\"2\"").OkAsync();
        Assert.Equal((3, "Guten Tag\n{{ name }}\nEnde", ""), ((int)back["version"]!, (string)back["body"]!, (string)back["titleEn"]!));
    }

    [Fact]
    public async Task Search_knows_German_and_English_forms_and_ranks_the_title_first()
    {
        var service = await PromptsBed.StartAsync(servers);
        using var anna = service.ClientFor(_tenant, "anna", "user");
        JsonObject With(string name, string title, string titleEn, string body, string function = "chat", string language = "de")
        {
            var template = Template(name, body);
            (template["title"], template["titleEn"], template["function"], template["language"]) = (title, titleEn, function, language);
            return template;
        }

        await anna.CreateAsync(With("eins", "Bescheide prüfen", "Checking notices", "x"));
        await anna.CreateAsync(With("zwei", "Sonstiges", "Something", "Prüfe den Bescheid."));
        await anna.CreateAsync(With("drei", "Summaries", "", "x", "summarise", "en"));

        Assert.Equal(["eins", "zwei"], await anna.NamesAsync("?search=Bescheid&scope=private"));
        Assert.Equal(["eins"], await anna.NamesAsync("?search=notice&scope=private"));
        Assert.Equal(["drei"], await anna.NamesAsync("?search=summary&scope=private"));
        Assert.Equal(["eins", "zwei"], await anna.NamesAsync("?search=besche&scope=private"));
        Assert.Equal(["eins"], await anna.NamesAsync("?search=Bescheid%20-sonstiges&scope=private"));
        Assert.Equal(["drei"], await anna.NamesAsync("?function=summarise&language=en&scope=private"));
        Assert.Equal(["drei", "zwei", "eins"], await anna.NamesAsync("?sort=recent&scope=private"));
        Assert.Empty(await anna.NamesAsync("?search=%27%20or%201=1%20--%20%3A*%20%26%20%28&scope=private"));
        var seen = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await anna.GetAsync($"{Templates}?search=Bescheid&scope=private&limit=1{(after.Length == 0 ? "" : "&after=" + after)}").OkAsync();
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["name"]!));
            after = (string?)page["next"];
        }

        Assert.Equal(["eins", "zwei"], seen);
        await anna.GetAsync($"{Templates}?sort=best").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "sort");
        await anna.GetAsync($"{Templates}?after=quatsch").ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "after");
    }

    [Fact]
    public async Task What_was_read_before_is_not_sent_again_until_it_changes()
    {
        var service = await PromptsBed.StartAsync(servers);
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var id = await anna.CreateAsync(Template("eins"));
        foreach (var path in new[] { $"{Templates}/{id}", $"{Templates}?scope=private", $"{Templates}/{id}/versions" })
        {
            using var first = await anna.GetAsync(path);
            var tag = first.Headers.ETag!.ToString();
            async Task<HttpStatusCode> AgainAsync()
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.TryAddWithoutValidation("If-None-Match", tag);
                using var response = await anna.SendAsync(request);
                return response.StatusCode;
            }

            Assert.Equal(HttpStatusCode.NotModified, await AgainAsync());
            using var current = await anna.GetAsync($"{Templates}/{id}");
            await anna.PutAsync($"{Templates}/{id}", Template("eins", $"neu {Guid.NewGuid()}"), current.Headers.ETag!.ToString()).OkAsync();
            Assert.Equal(HttpStatusCode.OK, await AgainAsync());
        }
    }

    [Fact]
    public async Task Ratings_and_uses_are_counted_and_name_nobody()
    {
        var service = await PromptsBed.StartAsync(servers);
        using var anna = service.ClientIn(_tenant, "anna", "bau", "user");
        using var berta = service.ClientIn(_tenant, "berta", "bau", "user");
        var id = await anna.CreateAsync(Template("gut", scope: "department:bau"));
        await anna.CreateAsync(Template("anders", scope: "department:bau"));
        var path = $"{Templates}/{id}";
        async Task<int> UsesAsync() => (int)(await anna.GetAsync($"{Templates}?search=gut").OkAsync())["items"]![0]!["uses"]!;
        Task<HttpResponseMessage> Rate(HttpClient who, int stars) => who.PutAsync(path + "/rating", JsonContent.Create(new { stars }));

        await Rate(anna, 6).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "stars");
        await Task.WhenAll(Enumerable.Range(1, 5).Select(stars => Rate(anna, stars).OkAsync()));
        await Rate(anna, 2).OkAsync();
        var both = await Rate(berta, 5).OkAsync();
        Assert.Equal((2, 3.5, 5), ((int)both["count"]!, (double)both["stars"]!, (int)both["own"]!));
        await Rate(anna, 0).OkAsync();
        var one = await anna.GetAsync(path + "/rating").OkAsync();
        Assert.Equal((1, 5.0, null), ((int)one["count"]!, (double)one["stars"]!, one["own"]));

        Assert.Equal(HttpStatusCode.NoContent, (await anna.PutAsync(path + "/favourite", null)).StatusCode);
        Assert.Equal(["gut"], await anna.NamesAsync("?favourites=true"));
        Assert.Empty(await berta.NamesAsync("?favourites=true"));
        for (var i = 0; i < 2; i++)
            await berta.PostAsync(path + "/renderings", new JsonObject()).OkAsync();
        await ReadUntil.TrueAsync(async () => await UsesAsync() == 2, "both uses are counted");
        Assert.Equal(["gut"], await berta.NamesAsync("/recent"));
        Assert.Empty(await anna.NamesAsync("/recent"));
        Assert.Equal(["gut", "anders"], await anna.NamesAsync("?sort=popular&scope=department:bau"));

        // As the administrator of the database sees it: no name, no tenant.
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(servers.Postgres)
        {
            Database = new NpgsqlConnectionStringBuilder(service.Setting("ConnectionStrings__prompts")).Database,
        }.ConnectionString);
        await using var command = source.CreateCommand($"select string_agg(ratings::text, '') from ratings where template_id = '{id}'");
        var stored = (string)(await command.ExecuteScalarAsync())!;
        Assert.DoesNotContain("berta", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(_tenant, stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_and_collections_are_ids_and_show_their_title()
    {
        var service = await PromptsBed.StartAsync(servers);
        using var anna = service.ClientFor(_tenant, "anna", "user");
        var template = Template("quellen", "Lies {{ akte }} und {{ ordner }}.");
        template["function"] = "research";
        template["modelHints"] = new JsonObject { ["temperature"] = 0.2, ["maxTokens"] = 500, ["preferred"] = new JsonArray("qwen") };
        template["variables"] = new JsonArray(
            new JsonObject { ["name"] = "akte", ["type"] = "document", ["label"] = "Akte", ["labelEn"] = "File", ["required"] = true },
            new JsonObject { ["name"] = "ordner", ["type"] = "collection", ["label"] = "Ordner" });
        var (file, folder) = (Guid.NewGuid(), Guid.NewGuid());
        var path = $"{Templates}/{await anna.CreateAsync(template)}/renderings";
        Task<HttpResponseMessage> Render(JsonNode akte) => anna.PostAsync(path, new JsonObject { ["values"] = new JsonObject { ["akte"] = akte, ["ordner"] = folder.ToString() } });

        var rendered = await Render(new JsonObject { ["id"] = file.ToString(), ["title"] = "{{ 7 }} Satzung" }).OkAsync();
        Assert.Equal($"Lies {{{{ 7 }}}} Satzung und {folder}.", (string?)rendered["text"]);
        Assert.Equal((file.ToString(), folder.ToString(), "research", 0.2),
            ((string)rendered["documents"]![0]!, (string)rendered["collections"]![0]!, (string)rendered["function"]!, (double)rendered["modelHints"]!["temperature"]!));
        foreach (var wrong in new JsonNode[] { "Satzung", 3, new JsonObject { ["title"] = "x" }, new JsonObject { ["id"] = file.ToString(), ["url"] = "x" }, new JsonArray() })
            await Render(wrong).ProblemAsync(HttpStatusCode.BadRequest, "unfit-value", "values.akte");
    }

    [Fact]
    public async Task Too_much_is_refused_before_it_is_read()
    {
        var service = await PromptsBed.StartAsync(servers);
        using var anna = service.ClientFor(_tenant, "anna", "user", "prompt-editor");
        using var process = Process.GetProcessById(service.ProcessId);
        var before = process.TotalProcessorTime;
        foreach (var path in new[] { Templates, "/api/prompts/imports" })
        {
            // A server that answers before all is sent may close the connection under the sender.
            try
            {
                await anna.PostAsync(path, Template("gross", new string('a', 10_000_000))).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
            }
            catch (HttpRequestException)
            {
            }
        }

        process.Refresh();
        Assert.True(process.TotalProcessorTime - before < TimeSpan.FromSeconds(10));
        Assert.Empty(await anna.NamesAsync("?scope=private"));
        foreach (var (field, value) in new (string, JsonNode)[]
                 {
                     ("function", "malen"), ("modelHints.temperature", new JsonObject { ["temperature"] = 3 }), ("scope", "welt"),
                     ("examples[0].expect.matches", new JsonArray(new JsonObject { ["name"] = "a", ["expect"] = new JsonObject { ["matches"] = new JsonArray("(") } })),
                     ("examples[0].values.fremd", new JsonArray(new JsonObject { ["name"] = "a", ["values"] = new JsonObject { ["fremd"] = 1 } })),
                 })
        {
            var template = Template("falsch");
            template[field.Split('.', '[')[0]] = value;
            var problem = await anna.PostAsync(Templates, template).ProblemAsync(HttpStatusCode.BadRequest, field.EndsWith("fremd", StringComparison.Ordinal) ? "unknown-variable" : "invalid-request");
            Assert.Equal(field, (string?)problem["field"]);
        }
    }
}
