using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LLMoin.ServiceBed;
using static LLMoin.ServiceTests.Prompts.PromptsBed;

namespace LLMoin.ServiceTests.Prompts;

public sealed class PackageTests(Servers servers)
{
    private const string Imports = "/api/prompts/imports";
    private readonly string _tenant = NewTenant();
    private readonly string _receiver = NewTenant();

    [Fact]
    public async Task A_package_carries_what_was_approved_and_arrives_as_drafts_to_approve()
    {
        var service = await PromptsBed.StartAsync(servers);
        using var receiver = service.ClientFor(_receiver, "rita", "user", "prompt-editor");
        using var approver = service.ClientFor(_receiver, "otto", "prompt-approver");
        var (package, id) = await ExportAsync(service);
        Assert.Equal(["brief"], package["templates"]!.AsArray().Select(template => (string)template!["template"]!["name"]!));

        var dry = await receiver.PostAsync(Imports + "?dryRun=true", package.DeepClone()).OkAsync();
        Assert.Equal("created", (string?)dry["templates"]![0]!["action"]);
        Assert.Empty(await receiver.NamesAsync("?scope=private"));

        var report = (await receiver.PostAsync(Imports, Reordered(package)).OkAsync())["templates"]![0]!;
        Assert.Equal("created", (string?)report["action"]);
        var draft = await receiver.GetAsync($"{Templates}/{report["id"]}").OkAsync();
        Assert.Equal(("private", "Hallo {{ name }}!", "us", id, 1),
            ((string)draft["scope"]!, (string)draft["body"]!, (string)draft["origin"]!["publisher"]!, (string)draft["origin"]!["originalId"]!, (int)draft["origin"]!["originalVersion"]!));
        var waiting = await approver.GetAsync($"{Submissions}?state=pending").OkAsync();
        await approver.ApproveAsync((string)waiting["items"]![0]!["id"]!).OkAsync();
        Assert.Equal(["brief"], await approver.NamesAsync("?scope=tenant"));
    }

    [Fact]
    public async Task What_is_here_already_is_skipped_replaced_or_renamed()
    {
        var service = await PromptsBed.StartAsync(servers);
        using var receiver = service.ClientFor(_receiver, "rita", "user", "prompt-editor");
        var (package, _) = await ExportAsync(service);
        await receiver.CreateAsync(Template("brief", "Eigener {{ name }}"));
        async Task<string> ImportAsync(string conflict)
        {
            var report = (await receiver.PostAsync($"{Imports}?conflict={conflict}", package.DeepClone()).OkAsync())["templates"]![0]!;
            return $"{report["action"]} {report["name"]} {report["version"]} {((bool)report["submitted"]! ? "submitted" : "")}";
        }

        Assert.Equal("skipped brief 1 ", await ImportAsync("skip"));
        Assert.Equal("renamed brief-2 1 submitted", await ImportAsync("rename"));
        Assert.Equal("unchanged brief-2 1 ", await ImportAsync("replace"));
        var copy = (string)(await receiver.GetAsync($"{Templates}?search=brief&scope=private&sort=recent").OkAsync())["items"]![0]!["id"]!;
        await receiver.PutAsync($"{Templates}/{copy}", Template("brief-2", "Geändert {{ name }}"), "\"1\"").OkAsync();
        Assert.Equal("replaced brief-2 3 submitted", await ImportAsync("replace"));
        Assert.Equal(3, (int)(await receiver.GetAsync($"{Submissions}?state=pending").OkAsync())["items"]![0]!["version"]!);
        await receiver.PostAsync(Imports + "?conflict=merge", package).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request", "conflict");
    }

    [Fact]
    public async Task What_nobody_trusted_signed_is_refused_whole()
    {
        var service = await PromptsBed.StartAsync(servers);
        using var receiver = service.ClientFor(_receiver, "rita", "user", "prompt-editor");
        using var user = service.ClientFor(_receiver, "udo", "user");
        var (package, _) = await ExportAsync(service);
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        JsonNode With(Action<JsonNode> change)
        {
            var changed = package.DeepClone();
            change(changed);
            return changed;
        }

        foreach (var (broken, code) in new[]
                 {
                     (With(p => p["templates"]![0]!["template"]!["body"] = "Anders {{ name }}"), "untrusted-package"),
                     (With(p => p["publisher"] = "friend"), "untrusted-package"),
                     (With(p => p["publisher"] = "stranger"), "untrusted-package"),
                     (With(p => p["signature"] = "eyJhbGciOiJub25lIn0.."), "untrusted-package"),
                     (With(p => p.AsObject().Remove("signature")), "untrusted-package"),
                     (With(p => Sign(p, foreign)), "untrusted-package"),
                     (With(p => p["format"] = "zip"), "unreadable-package"),
                     // Rightly signed, but its second template is not one.
                     (With(p =>
                     {
                         p["publisher"] = "friend";
                         var second = p["templates"]![0]!.DeepClone();
                         second["template"]!["body"] = "{% include 'x' %}";
                         p["templates"]!.AsArray().Add(second);
                         Sign(p, FriendsKey);
                     }), "invalid-request"),
                 })
            await receiver.PostAsync(Imports, broken).ProblemAsync(HttpStatusCode.BadRequest, code);

        await user.PostAsync(Imports, package.DeepClone()).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Empty(await receiver.NamesAsync("?scope=private"));
        var friends = With(p => p["publisher"] = "friend");
        Sign(friends, FriendsKey);
        await receiver.PostAsync(Imports, friends).OkAsync();
    }

    private async Task<(JsonNode Package, string Id)> ExportAsync(ServiceProcess service)
    {
        using var anna = service.ClientFor(_tenant, "anna", "user", "prompt-editor");
        using var fina = service.ClientFor(_tenant, "fina", "prompt-approver");
        var id = await anna.CreateAsync(Template("brief"));
        await anna.PublishAsync(fina, id, "tenant");
        await anna.PutAsync($"{Templates}/{id}", Template("brief", "Entwurf"), "\"1\"").OkAsync();
        var draft = await anna.CreateAsync(Template("entwurf"));
        await anna.PostAsync("/api/prompts/packages", new JsonObject { ["ids"] = new JsonArray(draft) }).ProblemAsync(HttpStatusCode.NotFound, "not-found", "ids[0]");
        return (await anna.PostAsync("/api/prompts/packages", new JsonObject()).OkAsync(), id);
    }

    /// <summary>The same members the other way round: what is signed is what is said, not how.</summary>
    private static JsonNode Reordered(JsonNode package)
        => new JsonObject(package.AsObject().Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    /// <summary>As the format says, not by the service's own code: RFC 8785 by hand, which is enough for what tests sign.</summary>
    private static void Sign(JsonNode package, ECDsa key)
    {
        package.AsObject().Remove("signature");
        const string header = "eyJhbGciOiJFUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19";
        var input = Encoding.UTF8.GetBytes($"{header}.{Canonical(package)}");
        package["signature"] = $"{header}..{System.Buffers.Text.Base64Url.EncodeToString(key.SignData(input, HashAlgorithmName.SHA256))}";
    }

    private static string Canonical(JsonNode? node) => node switch
    {
        JsonObject members => "{" + string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"\"{member.Key}\":{Canonical(member.Value)}")) + "}",
        JsonArray items => "[" + string.Join(',', items.Select(Canonical)) + "]",
        null => "null",
        _ => node.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }),
    };
}
