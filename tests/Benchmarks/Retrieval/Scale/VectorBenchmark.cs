using System.Diagnostics;
using System.Globalization;
using LLMoin.Retrieval.Index.Vectors;

namespace LLMoin.Benchmarks.Retrieval.Scale;

/// <summary>The exact vector scan on one core: bytes with rescoring beside float32, on random unit vectors.</summary>
internal static class VectorBenchmark
{
    private const int Dimensions = 384;
    private const int Queries = 50;

    public static void Run(int rows)
    {
        var random = new Random(1);
        var table = new VectorTable(Dimensions);
        for (var row = 0; row < rows; row++)
            table.Add(Vector(random));
        var queries = Enumerable.Range(0, Queries).Select(_ => Vector(random)).ToList();
        var same = queries.Count(query => table.Scan(query, 10).Select(near => near.Row).SequenceEqual(table.ScanExactly(query, 10).Select(near => near.Row)));

        Console.WriteLine($"{rows} vectors of {Dimensions} components, {table.Bytes / 1_000_000} MB; the same ten in the same order for {same} of {Queries} queries");
        Console.WriteLine();
        Console.WriteLine("| | p50 ms | p95 ms |");
        Console.WriteLine("| --- | ---: | ---: |");
        Measure("bytes, best 100 rescored", queries, query => table.Scan(query, 10));
        Measure("float32", queries, query => table.ScanExactly(query, 10));
    }

    private static void Measure(string name, List<float[]> queries, Func<float[], IReadOnlyList<NearRow>> scan)
    {
        var times = new List<double>();
        foreach (var query in queries.Concat(queries))
        {
            var started = Stopwatch.GetTimestamp();
            scan(query);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.RemoveRange(0, queries.Count);
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times[times.Count / 2]:0.00} | {times[times.Count * 95 / 100]:0.00} |"));
    }

    private static float[] Vector(Random random) => [.. Enumerable.Range(0, Dimensions).Select(_ => (float)Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * MathF.Cos(2 * MathF.PI * random.NextSingle()))];
}
