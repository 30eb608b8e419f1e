using LLMoin.Messaging.Outbox;
using LLMoin.Retrieval.Embeddings;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LLMoin.Retrieval.Qdrant;

/// <summary>The program's other face for operators: writes the index anew from PostgreSQL, with the service's own settings.</summary>
internal static class RebuildCommand
{
    public const string Name = "rebuild-index";

    private const string Resume = "--resume";

    private const string Help = """
        Rebuilds the search index from PostgreSQL, where Retrieval:Store=qdrant.

          rebuild-index            deletes the collection and writes all tenants' passages anew
          rebuild-index --resume   goes on where an interrupted run stopped; takes what has changed since, deletes nothing

        Reads the settings of the service from the environment or as arguments (--Key:Part=value): ConnectionStrings:retrieval, Retrieval:Store,
        Retrieval:Qdrant:Url, :ApiKey, :Collection, :Dimensions, Retrieval:Embeddings:Model. The service may run meanwhile:
        a search writes what is missing of its tenant first. Ends with 0, or with 1 and the reason.
        """;

    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            Console.WriteLine(Help);
            return 0;
        }

        // A mistyped --resume must not delete what was to be kept.
        if (args.FirstOrDefault(argument => argument.StartsWith('-') && argument != Resume && !argument.Contains(':')) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no option {unknown}.\n\n{Help}");
            return 1;
        }

        try
        {
            return await RunAsync(args.Contains(Resume), [.. args.Where(argument => argument != Resume)]);
        }
        catch (Exception exception) when (exception is QdrantException or NpgsqlException or OptionsValidationException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static async Task<int> RunAsync(bool resume, string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(settings);
        if (QdrantSetup.StoreOf(builder.Configuration) == IndexStore.Embedded)
        {
            Console.WriteLine("Retrieval:Store is embedded: the index lies in the memory of the service, which builds it from PostgreSQL at a tenant's first search. There is nothing to rebuild.");
            return 0;
        }

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddDatabase("retrieval", typeof(RebuildCommand).Assembly);
        builder.Services.AddValidatedOptions<EmbeddingOptions>(EmbeddingOptions.Section);
        // The vectors' store needs it; a rebuild reads them only and says nothing to anybody.
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddSingleton<VectorStore>();
        builder.AddQdrant();
        builder.Services.AddSingleton<IndexRebuild>();

        // Not run: no listener, no migration, only what it is made of.
        await using var app = builder.Build();
        await app.Services.GetRequiredService<IndexRebuild>().RunAsync(resume, new ProgressLine(Console.Out, Console.IsOutputRedirected), app.Lifetime.ApplicationStopping);
        return 0;
    }
}
