using LLMoin.Benchmarks.Inference;
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
    default:
        Console.WriteLine(
            """
            dotnet run -c Release --project tests/Benchmarks -- BENCHMARK

              overhead    what the platform adds to the replay engine in-process: first token, tokens, CPU, at 1, 16 and 128 streams
              flood       400 streams of 50 tokens/s through the whole platform: nothing lost, nothing out of order
              per-token   what a token costs beside llama.cpp's computing: time to choose it, bytes allocated (BenchmarkDotNet)
              inference   the llama.cpp engine, alone and through the platform, beside a peer; --help shows its options
              retrieval   the search index beside PostgreSQL and Lucene.Net: quality, latency, building; --help shows its options
            """);
        return 2;
}
