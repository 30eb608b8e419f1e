using System.Runtime.InteropServices;
using LLMoin.Inference.Models;

namespace LLMoin.UnitTests.Inference.Models;

public sealed unsafe class GgufTensorTypeTests
{
    /// <summary>The built library itself is the source of the table.</summary>
    [Fact]
    public void The_table_agrees_with_the_llama_cpp_in_use()
    {
        var output = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var ggml = NativeLibrary.Load(Path.Combine(output.Parent!.Parent!.FullName, "Inference", output.Name, "native/cpu/libggml-base.so"));
        var blockValues = (delegate* unmanaged[Cdecl]<uint, long>)NativeLibrary.GetExport(ggml, "ggml_blck_size");
        var blockBytes = (delegate* unmanaged[Cdecl]<uint, nuint>)NativeLibrary.GetExport(ggml, "ggml_type_size");

        foreach (var number in Enumerable.Range(0, (int)GgufTensorType.KnownNumbers.Max() + 1).Select(number => (uint)number))
            if (GgufTensorType.TryGet(number, out var type))
                Assert.Equal((number, blockValues(number), (long)blockBytes(number)), (number, type.BlockValues, type.BlockBytes));
            else
                Assert.Equal((number, 0), (number, blockValues(number)));
    }
}
