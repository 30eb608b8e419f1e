using System.Globalization;
using LLMoin.Benchmarks.Retrieval.Contenders;
using LLMoin.Benchmarks.Retrieval.Scale;
using LLMoin.Benchmarks.Retrieval.Sets;
using LLMoin.Hosting;
using Npgsql;

namespace LLMoin.Benchmarks.Retrieval;

/// <summary><c>retrieval</c> and its options.</summary>
internal static class RetrievalCommand
{
    private const string Help =
        """
        retrieval [options]

          --data PATH       a BEIR folder (corpus.jsonl, queries.jsonl, qrels/*.tsv), a SQuAD file, or a folder of own .md and .txt documents,
                            whose headings are then asked; default: the project's German set
          --only NAMES      own, lucene, postgres, with commas between them; also sparse: the vectors that Qdrant gets
          --misses          list the development questions whose first passage is a wrong one
          --scale N         instead: N passages of synthetic text, for latency and memory
          --vectors N       instead: the vector scan over N random vectors

        PostgreSQL is a private one, or that of LLMOIN_TEST_POSTGRES.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Contains("--help"))
        {
            Console.WriteLine(Help);
            return 0;
        }
        string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
        var only = Option("--only")?.Split(',') ?? ["own", "lucene", "postgres"];

        if (Option("--vectors") is { } vectors)
        {
            VectorBenchmark.Run(int.Parse(vectors, CultureInfo.InvariantCulture));
            return 0;
        }

        var contenders = new List<Contender>();
        if (only.Contains("own"))
            contenders.Add(new OwnIndex());
        if (only.Contains("sparse"))
            contenders.Add(new SparseFormula());
        if (only.Contains("lucene"))
            contenders.AddRange([new LuceneRecipe(), new LuceneGerman()]);
        await using var postgres = only.Contains("postgres") ? await Postgres.StartAsync() : null;
        if (postgres is not null)
            contenders.AddRange([new PostgresFullText(postgres.Source, "ts_rank"), new PostgresFullText(postgres.Source, "ts_rank_cd")]);

        Console.WriteLine($"{Environment.ProcessorCount} cores, {DateTime.UtcNow:yyyy-MM-dd}");
        Console.WriteLine();
        if (Option("--scale") is { } passages)
        {
            await new ScaleBenchmark(int.Parse(passages, CultureInfo.InvariantCulture), contenders).RunAsync();
            return 0;
        }

        await new RetrievalBenchmark(QuestionSet.Read(Option("--data")), contenders).RunAsync(args.Contains("--misses"));
        foreach (var contender in contenders)
            await contender.DisposeAsync();
        return 0;
    }

    private sealed class Postgres(NpgsqlDataSource source, PrivatePostgres? server, string? folder) : IAsyncDisposable
    {
        public NpgsqlDataSource Source { get; } = source;

        public static async Task<Postgres> StartAsync()
        {
            if (Environment.GetEnvironmentVariable("LLMOIN_TEST_POSTGRES") is { } given)
                return new Postgres(NpgsqlDataSource.Create(given), null, null);
            // PostgreSQL drops to a user without rights, who must be able to pass the folders above its data.
            var folder = Path.Combine(Path.GetTempPath(), $"llmoin-benchmark-{Guid.NewGuid():n}");
            Directory.CreateDirectory(folder);
            var server = await PrivatePostgres.StartAsync(Path.Combine(folder, "postgres"));
            return new Postgres(NpgsqlDataSource.Create(server.ConnectionString), server, folder);
        }

        public async ValueTask DisposeAsync()
        {
            await Source.DisposeAsync();
            if (server is not null)
                await server.DisposeAsync();
            if (folder is not null)
                Directory.Delete(folder, recursive: true);
        }
    }
}
