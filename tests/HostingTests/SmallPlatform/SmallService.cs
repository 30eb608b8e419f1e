using System.Collections;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace LLMoin.HostingTests.SmallPlatform;

/// <summary>A service that shows its environment and ends when told to.</summary>
internal static class SmallService
{
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        foreach (var url in (Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? "").Split(';')) app.Urls.Add(url);
        app.MapGet("/health/ready", () => "ready");
        app.MapGet("/environment", () => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value));
        app.MapPost("/crash", () => Environment.Exit(3));
        Console.WriteLine("Here I am.");
        await app.RunAsync();
    }
}
