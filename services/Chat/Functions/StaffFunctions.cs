using LLMoin.Chat.Functions.Documents;
using LLMoin.Chat.Functions.Drafts;
using LLMoin.Chat.Functions.Research;
using LLMoin.Chat.Functions.Runs;
using LLMoin.Chat.Functions.Summaries;
using LLMoin.Chat.Functions.Translations;

namespace LLMoin.Chat.Functions;

/// <summary>What staff come for beside free chat; each is a run, which outlives its request and its process.</summary>
internal static class StaffFunctions
{
    public static void AddFunctions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RunStore>();
        builder.Services.AddSingleton<RunReader>();
        builder.Services.AddSingleton<RunEvents>();
        builder.Services.AddSingleton<OpenRuns>();
        builder.Services.AddSingleton<RunOrders>();
        builder.Services.AddSingletonService<RunWorker>();
        builder.Services.AddSingleton<DocumentReader>();
        builder.Services.AddSingleton<RunSearch>();
        builder.Services.AddSingleton<IRunFunction, Summarise>();
        builder.Services.AddSingleton<IRunFunction, Research.Research>();
        builder.Services.AddSingleton<IRunFunction, Draft>();
        builder.Services.AddSingleton<IRunFunction, Translate>();
        builder.Services.AddHttpClient(DocumentReader.Client, client =>
        {
            client.BaseAddress = new Uri("http://retrieval");
            client.Timeout = TimeSpan.FromSeconds(60);
        });
    }

    public static void MapFunctions(this WebApplication app)
    {
        var runs = app.MapRuns();
        runs.MapSummaries();
        runs.MapResearch();
        runs.MapDrafts();
        runs.MapTranslations();
    }
}
