using System.Numerics.Tensors;
using LLMoin.Retrieval.Index.Vectors;

namespace LLMoin.UnitTests.Retrieval;

public sealed class VectorScanTests
{
    [Theory]
    [InlineData(384, 20_000, 1)]
    [InlineData(384, 20_000, 40)]
    [InlineData(768, 5_000, 300)]
    [InlineData(33, 5_000, 5)]
    public void The_scan_over_bytes_finds_the_same_ten_as_the_scan_over_floats(int dimensions, int rows, int clusters)
    {
        var random = new Random(rows + clusters);
        var centers = Enumerable.Range(0, clusters).Select(_ => Vector(random, dimensions)).ToList();
        float[] Near(float[] center)
        {
            var vector = Vector(random, dimensions);
            if (clusters > 1)
                TensorPrimitives.MultiplyAdd(center, 1.5f, vector, vector);
            return vector;
        }

        var table = new VectorTable(dimensions);
        for (var row = 0; row < rows; row++)
            table.Add(Near(centers[row % clusters]));

        for (var round = 0; round < 25; round++)
        {
            var query = Near(centers[random.Next(clusters)]);
            Assert.Equal(table.ScanExactly(query, 10), table.Scan(query, 10));
        }
    }

    [Fact]
    public void The_nearest_is_the_vector_itself_whatever_its_length()
    {
        var random = new Random(3);
        var table = new VectorTable(64);
        var vectors = Enumerable.Range(0, 500).Select(_ => Vector(random, 64)).ToList();
        vectors.ForEach(vector => table.Add(vector));

        var tenfold = new float[64];
        TensorPrimitives.Multiply(vectors[321], 10, tenfold);
        var nearest = table.Scan(tenfold, 1)[0];
        Assert.Equal(321, nearest.Row);
        Assert.Equal(1, nearest.Similarity, 0.0001);
    }

    [Fact]
    public void Rows_that_are_not_admitted_are_no_candidates()
    {
        var random = new Random(4);
        var table = new VectorTable(48);
        for (var row = 0; row < 9_000; row++)
            table.Add(Vector(random, 48));
        var admitted = Enumerable.Range(0, table.Count).Select(row => row % 30 == 7).ToArray();

        var query = Vector(random, 48);
        var found = table.Scan(query, 10, admitted);
        Assert.Equal(10, found.Count);
        Assert.All(found, near => Assert.Equal(7, near.Row % 30));
        Assert.Equal(table.ScanExactly(query, 10, admitted), found);
    }

    [Fact]
    public void Of_equal_rows_the_earlier_comes_first()
    {
        var table = new VectorTable(2);
        foreach (var _ in Enumerable.Range(0, 250))
            table.Add([3, 4]);
        Assert.Equal([0, 1, 2], table.Scan([3, 4], 3).Select(near => near.Row));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(384)]
    public void The_dot_product_of_bytes_is_exact(int dimensions)
    {
        var random = new Random(dimensions);
        for (var round = 0; round < 200; round++)
        {
            // Extremes, whose products leave 16 bits when summed.
            var a = Enumerable.Range(0, dimensions).Select(_ => (sbyte)(round % 2 == 0 ? 127 : random.Next(-127, 128))).ToArray();
            var b = Enumerable.Range(0, dimensions).Select(_ => (sbyte)(round % 4 < 2 ? -127 : random.Next(-127, 128))).ToArray();
            Assert.Equal(a.Zip(b, (x, y) => x * y).Sum(), Int8.Dot(a, b));
        }
    }

    [Fact]
    public void A_vector_of_another_size_or_without_direction_is_refused()
    {
        var table = new VectorTable(3);
        Assert.Throws<ArgumentException>(() => table.Add([1, 2]));
        Assert.Throws<ArgumentException>(() => table.Add([0, 0, 0]));
        Assert.Throws<ArgumentException>(() => table.Add([float.NaN, 0, 1]));
        Assert.Throws<ArgumentException>(() => table.Scan([1, 2, 3, 4], 1));
        Assert.Empty(table.Scan([1, 2, 3], 5));
    }

    private static float[] Vector(Random random, int dimensions)
        => [.. Enumerable.Range(0, dimensions).Select(_ => (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5))];
}
