using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LLMoin.Retrieval.Index.Vectors;

/// <summary>Vectors in a byte a component: a quarter of the memory to read, which is what a scan waits for.</summary>
internal static class Int8
{
    private const float Largest = 127;

    /// <summary>Rounds each component to one of 255 steps up to the largest of them.</summary>
    /// <returns>What a step is; <c>target[i] * step</c> is near <c>vector[i]</c>.</returns>
    public static float Quantize(ReadOnlySpan<float> vector, Span<sbyte> target)
    {
        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
        if (largest == 0)
        {
            target.Clear();
            return 0;
        }

        for (var i = 0; i < vector.Length; i++)
            target[i] = (sbyte)MathF.Round(vector[i] * (Largest / largest));
        return largest / Largest;
    }

    /// <summary>The dot product in steps. Exact: no sum of up to 130,000 components leaves 32 bits.</summary>
    public static int Dot(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        var (i, sum) = (0, 0);
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        if (Avx512BW.IsSupported && a.Length >= Vector512<short>.Count)
        {
            var sums = Vector512<int>.Zero;
            for (; i + Vector512<short>.Count <= a.Length; i += Vector512<short>.Count)
            {
                var x = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref left, (nuint)i));
                var y = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref right, (nuint)i));
                sums += Avx512BW.MultiplyAddAdjacent(x, y);
            }

            sum = Vector512.Sum(sums);
        }
        else if (Avx2.IsSupported && a.Length >= Vector256<short>.Count)
        {
            var sums = Vector256<int>.Zero;
            for (; i + Vector256<short>.Count <= a.Length; i += Vector256<short>.Count)
            {
                var x = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref left, (nuint)i));
                var y = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref right, (nuint)i));
                sums += Avx2.MultiplyAddAdjacent(x, y);
            }

            sum = Vector256.Sum(sums);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            var sums = Vector128<int>.Zero;
            for (; i + Vector128<sbyte>.Count <= a.Length; i += Vector128<sbyte>.Count)
            {
                var (xLow, xHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref left, (nuint)i));
                var (yLow, yHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref right, (nuint)i));
                // Two products of signed bytes fit 16 bits, as long as neither is -128 times -128.
                var (low, high) = Vector128.Widen((xLow * yLow) + (xHigh * yHigh));
                sums += low + high;
            }

            sum = Vector128.Sum(sums);
        }

        for (; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
