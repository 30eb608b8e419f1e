using System.Globalization;
using LLMoin.Benchmarks.Platform;
using LLMoin.Contracts.Inference;

namespace LLMoin.Benchmarks.Inference;

/// <summary>The whole platform with the model, asked through the gateway by people of two tenants.</summary>
internal static class PlatformSubject
{
    public static async Task<HttpSubject> StartAsync(string model, int slots, int context, int threads)
    {
        Console.Error.WriteLine("Starting the platform ...");
        string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        var platform = await PlatformStreams.StartAsync(
            ("Parameters__models", Path.GetFullPath(model)), ("Inference__Slots", Text(slots)), ("Inference__Llama__ContextTokens", Text(context)),
            ("Inference__Llama__Threads", Text(threads)), ("Chat__QueueDeadline", "00:30:00"));
        var clients = new List<HttpClient>();
        foreach (var user in (string[])["anna@hamburg.example", "clara@bremen.example"])
            clients.Add(await platform.SignInAsync(user));
        return new HttpSubject(
            "platform", clients, Path.GetFileNameWithoutExtension(model), text => [new PromptMessage("user", text)], () => platform.ProcessIds, platform);
    }
}
