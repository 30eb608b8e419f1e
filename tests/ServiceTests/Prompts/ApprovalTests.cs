using System.Net;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;
using static LLMoin.ServiceTests.Prompts.PromptsBed;

namespace LLMoin.ServiceTests.Prompts;

public sealed class ApprovalTests(Servers servers)
{
    private readonly string _tenant = NewTenant();

    [Fact]
    public async Task A_second_person_publishes_and_others_see_only_what_was_approved()
    {
        var service = await PromptsBed.StartAsync(servers);
        using var anna = service.ClientFor(_tenant, "anna", "user", "prompt-approver");
        using var fina = service.ClientFor(_tenant, "fina", "prompt-approver");
        using var berta = service.ClientFor(_tenant, "berta", "user");
        await anna.PostAsync(Templates, Template("gruss", scope: "tenant")).ProblemAsync(HttpStatusCode.Forbidden, "approval-required", "scope");
        var id = await anna.CreateAsync(Template("gruss"));
        var submission = await anna.SubmitAsync(id, "tenant");
        await anna.PostAsync($"{Templates}/{id}/submissions", new JsonObject { ["scope"] = "tenant" }).ProblemAsync(HttpStatusCode.Conflict, "submission-pending");

        await berta.GetAsync($"{Submissions}/{submission}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await berta.ApproveAsync(submission).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await anna.ApproveAsync(submission).ProblemAsync(HttpStatusCode.Forbidden, "own-approval");
        await anna.PostAsync($"{Submissions}/{submission}/rejection", new JsonObject { ["reason"] = "x" }).ProblemAsync(HttpStatusCode.Forbidden, "own-approval");
        Assert.Empty(await berta.NamesAsync("?scope=tenant"));
        Assert.Equal("Hallo {{ name }}!", (string?)(await fina.GetAsync($"{Submissions}/{submission}").OkAsync())["template"]!["body"]);
        await fina.ApproveAsync(submission).OkAsync();
        await fina.ApproveAsync(submission).ProblemAsync(HttpStatusCode.Conflict, "already-decided");

        await anna.PutAsync($"{Templates}/{id}", Template("gruss", "Entwurf {{ name }}"), "\"1\"").OkAsync();
        await anna.PutAsync($"{Templates}/{id}", Template("anders", "x"), "\"2\"").ProblemAsync(HttpStatusCode.Conflict, "conflict", "name");
        Assert.Equal(["gruss"], await berta.NamesAsync("?scope=tenant"));
        Assert.Empty(await berta.NamesAsync("?search=Entwurf&scope=tenant"));
        Assert.Equal(["gruss"], await anna.NamesAsync("?search=Entwurf&scope=tenant"));
        Assert.Equal(1, (int)(await berta.GetAsync($"{Templates}/{id}").OkAsync())["version"]!);
        Assert.Single((await berta.GetAsync($"{Templates}/{id}/versions").OkAsync())["versions"]!.AsArray());
        await berta.GetAsync($"{Templates}/{id}/versions/2").ProblemAsync(HttpStatusCode.NotFound, "not-found", "version");
        await berta.PostAsync($"{Templates}/{id}/renderings", new JsonObject { ["version"] = 2 }).ProblemAsync(HttpStatusCode.NotFound, "not-found");

        await anna.PublishAsync(fina, id, "tenant");
        Assert.Equal("Entwurf B", (string?)(await berta.PostAsync($"{Templates}/{id}/renderings", new JsonObject { ["values"] = new JsonObject { ["name"] = "B" } }).OkAsync())["text"]);
    }

    [Fact]
    public async Task A_rejection_gives_its_reason_and_a_withdrawal_makes_room()
    {
        var service = await PromptsBed.StartAsync(servers);
        using var anna = service.ClientFor(_tenant, "anna", "user");
        using var fina = service.ClientFor(_tenant, "fina", "prompt-approver");
        var id = await anna.CreateAsync(Template("gruss"));
        var first = await anna.SubmitAsync(id, "tenant");
        await fina.PostAsync($"{Submissions}/{first}/rejection", new JsonObject { ["reason"] = " " }).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "reason");
        await fina.DeleteAsync($"{Submissions}/{first}").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await fina.PostAsync($"{Submissions}/{first}/rejection", new JsonObject { ["reason"] = "Anrede fehlt" }).OkAsync();
        var seen = await anna.GetAsync($"{Submissions}?state=rejected").OkAsync();
        Assert.Equal("Anrede fehlt", (string?)seen["items"]![0]!["reason"]);
        await fina.GetAsync($"{Templates}/{id}").ProblemAsync(HttpStatusCode.NotFound, "not-found");

        var second = await anna.SubmitAsync(id, "tenant");
        Assert.Equal(HttpStatusCode.NoContent, (await anna.DeleteAsync($"{Submissions}/{second}")).StatusCode);
        await anna.SubmitAsync(id, "tenant");
    }

    [Fact]
    public async Task A_Land_decides_for_its_municipalities_and_operators_for_all()
    {
        var service = await PromptsBed.StartAsync(servers);
        var (land, village, town, other) = (NewTenant(), $"dorf-in-{_tenant}", $"stadt-in-{_tenant}", NewTenant());
        land = _tenant;
        using var emil = service.ClientFor(village, "emil", "user", "prompt-approver");
        using var neighbour = service.ClientFor(town, "nora", "user", "prompt-approver");
        using var minister = service.ClientFor(land, "lena", "prompt-approver");
        using var stranger = service.ClientFor(other, "sven", "user", "prompt-approver", "prompt-editor");
        using var operators = service.ClientFor("betrieb", "olga", "operator");

        var id = await emil.CreateAsync(Template("satzung"));
        var submission = await SubmitToLandAsync(emil, id);
        foreach (var nobody in new[] { neighbour, stranger })
            await nobody.ApproveAsync(submission).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Empty(await neighbour.NamesAsync("?scope=land"));
        await minister.ApproveAsync(submission).OkAsync();
        Assert.Equal(["satzung"], await neighbour.NamesAsync("?scope=land"));
        Assert.Empty(await stranger.NamesAsync("?scope=land"));
        await stranger.GetAsync($"{Templates}/{id}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await neighbour.DeleteAsync($"{Templates}/{id}").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");

        var wider = await emil.SubmitAsync(id, "all");
        await minister.ApproveAsync(wider).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await operators.ApproveAsync(wider).OkAsync();
        Assert.Contains("satzung", await stranger.NamesAsync("?search=satzung&scope=all"));
        Assert.Equal(HttpStatusCode.NoContent, (await operators.DeleteAsync($"{Templates}/{id}")).StatusCode);
    }

    /// <summary>Again where the service does not know the Land yet: it asks for it, and on a busy machine the answer may come too late.</summary>
    private static async Task<string> SubmitToLandAsync(HttpClient client, string template)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var response = await client.PostAsync($"{Templates}/{template}/submissions", new JsonObject { ["scope"] = "land" });
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                return (string)(await Task.FromResult(response).OkAsync(HttpStatusCode.Created))["id"]!;
            await Task.Delay(TimeSpan.FromSeconds(1), limit.Token);
        }
    }

    [Fact]
    public async Task A_department_shares_at_once_and_only_within_itself()
    {
        var service = await PromptsBed.StartAsync(servers);
        using var anna = service.ClientIn(_tenant, "anna", "bau", "user");
        using var colleague = service.ClientIn(_tenant, "carl", "bau", "user");
        using var elsewhere = service.ClientIn(_tenant, "dora", "kultur", "user", "prompt-editor");
        await anna.PostAsync(Templates, Template("akte", scope: "department:kultur")).ProblemAsync(HttpStatusCode.Forbidden, "forbidden", "scope");
        var id = await anna.CreateAsync(Template("akte", scope: "department:bau"));
        await anna.PutAsync($"{Templates}/{id}", Template("akte", "Zweite {{ name }}"), "\"1\"").OkAsync();

        Assert.Equal(2, (int)(await colleague.GetAsync($"{Templates}/{id}").OkAsync())["version"]!);
        Assert.Equal(["akte"], await colleague.NamesAsync("?scope=department"));
        await colleague.PutAsync($"{Templates}/{id}", Template("akte", "x"), "\"2\"").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await elsewhere.GetAsync($"{Templates}/{id}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await anna.PutAsync($"{Templates}/{id}", Template("akte", "x", "private"), "\"2\"").OkAsync();
        await colleague.GetAsync($"{Templates}/{id}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }
}
