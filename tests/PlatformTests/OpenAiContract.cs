using System.Diagnostics;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;

namespace LLMoin.PlatformTests;

/// <summary>The official OpenAI client for Node against the running gateway, with an API key, as front-ends use it.</summary>
public sealed class OpenAiContract(Platform platform)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("extractive")]
    [InlineData("replay")]
    public async Task The_official_client_finds_all_points_of_the_contract(string model)
    {
        using var anna = await platform.Run.SignInAsync("anna@hamburg.example");
        using var created = await anna.PostAsJsonAsync("/api/identity/api-keys", new { name = "contract " + model, expiresInDays = 1 }, Now);
        var key = (await created.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("key").GetString()!;

        var folder = typeof(OpenAiContract).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "OpenAiClient").Value!;
        var start = new ProcessStartInfo("node", ["contract.mjs"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["BASE_URL"] = new Uri(platform.Run.Gateway, "/v1").ToString();
        start.Environment["API_KEY"] = key;
        start.Environment["MODEL"] = model;
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync(Now);
        var errors = node.StandardError.ReadToEndAsync(Now);
        await node.WaitForExitAsync(Now);

        Assert.True(node.ExitCode == 0, await output + await errors);
        Assert.Contains("ok 14", await output);
    }
}
