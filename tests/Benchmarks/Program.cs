using LLMoin.Benchmarks.Billing;
using LLMoin.Benchmarks.Inference;
using LLMoin.Benchmarks.Ingestion;
using LLMoin.Benchmarks.Library;
using LLMoin.Benchmarks.Platform;
using LLMoin.Benchmarks.Retrieval;

switch (args)
{
    case ["overhead", ..]:
        await OverheadBenchmark.RunAsync();
        return 0;
    case ["flood", ..]:
        return await FloodBenchmark.RunAsync() ? 0 : 1;
    case ["inference", .. var options]:
        return await InferenceCommand.RunAsync(options);
    case ["per-token", ..]:
        PerToken.Run();
        return 0;
    case ["retrieval", .. var options]:
        return await RetrievalCommand.RunAsync(options);
    case ["ingestion", ..]:
        return await IngestionBenchmark.RunAsync() ? 0 : 1;
    case ["billing-ingest", ..]:
        return await IngestBenchmark.RunAsync() ? 0 : 1;
    case ["billing-closing", .. var options]:
        return await ClosingBenchmark.RunAsync(options is [var rows, ..] ? int.Parse(rows, System.Globalization.CultureInfo.InvariantCulture) : 10_000_000) ? 0 : 1;
    case ["prompts", ..]:
        await LibraryBenchmark.RunAsync();
        return 0;
    default:
        Console.WriteLine(
            """
            dotnet run -c Release --project tests/Benchmarks -- BENCHMARK

              overhead    what the platform adds to the replay engine in-process: first token, tokens, CPU, at 1, 16 and 128 streams
              flood       400 streams of 50 tokens/s through the whole platform: nothing lost, nothing out of order
              per-token   what a token costs beside llama.cpp's computing: time to choose it, bytes allocated (BenchmarkDotNet)
              inference   the llama.cpp engine, alone and through the platform, beside a peer; --help shows its options
              ingestion   files read and cut into passages: pages per minute by format, memory of a PDF of 500 pages
              billing-closing  closing a month of 10 million ledger rows (or as many as named): seconds, and that no statement lacks a token
              prompts     a library of 5,000 templates: searches and renderings per second over HTTP
              billing-ingest   usage events per second through the broker into the ledger: 200 tenants, 60,000 people
              retrieval   the search index beside PostgreSQL and Lucene.Net: quality, latency, building; --help shows its options
            """);
        return 2;
}
