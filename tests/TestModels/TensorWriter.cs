namespace LLMoin.TestModels;

/// <summary>Describes tensors of random or fixed numbers.</summary>
internal sealed class TensorWriter(GgufWriter file, int seed)
{
    private int _count;

    /// <summary>Random numbers in Q8_0.</summary>
    public void Weights(string name, float sigma, params long[] dimensions)
    {
        var random = new GaussianBlocks(seed * 7919 + _count++);
        file.AddTensor(name, dimensions, TensorType.Q8_0, stream => random.Write(stream, Product(dimensions), sigma));
    }

    /// <summary>The same number throughout, in F32.</summary>
    public void Numbers(string name, float value, params long[] dimensions)
        => file.AddTensor(name, dimensions, TensorType.F32, stream => stream.Write(Floats(Product(dimensions), value)));

    /// <summary>A matrix and its bias of zeros.</summary>
    public void Linear(string name, float sigma, long from, long to)
    {
        Weights(name + ".weight", sigma, from, to);
        Numbers(name + ".bias", 0, to);
    }

    /// <summary>A layer norm that changes no scale.</summary>
    public void Norm(string name, long width)
    {
        Numbers(name + ".weight", 1, width);
        Numbers(name + ".bias", 0, width);
    }

    private static long Product(long[] dimensions) => dimensions.Aggregate(1L, static (product, dimension) => product * dimension);

    private static byte[] Floats(long count, float value)
    {
        var bytes = new byte[count * sizeof(float)];
        for (var i = 0; i < count; i++)
            BitConverter.TryWriteBytes(bytes.AsSpan((int)(i * sizeof(float))), value);
        return bytes;
    }
}
