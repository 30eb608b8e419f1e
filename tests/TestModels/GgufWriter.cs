using System.Text;

namespace LLMoin.TestModels;

/// <summary>Numbers of <c>enum ggml_type</c>.</summary>
public enum TensorType
{
    F32 = 0,
    F16 = 1,
    Q8_0 = 8,
}

/// <summary>Writes files in the format GGUF 3 (github.com/ggml-org/ggml, docs/gguf.md): key-value pairs, tensor descriptions, data.</summary>
public sealed class GgufWriter
{
    private const int Alignment = 32;

    private readonly List<(string Key, Action<BinaryWriter> Write)> _values = [];
    private readonly List<(string Name, long[] Dimensions, TensorType Type, Action<Stream> Write)> _tensors = [];

    public void Add(string key, uint value) => Add(key, 4, writer => writer.Write(value));

    public void Add(string key, float value) => Add(key, 6, writer => writer.Write(value));

    public void Add(string key, bool value) => Add(key, 7, writer => writer.Write((byte)(value ? 1 : 0)));

    public void Add(string key, string value) => Add(key, 8, writer => Write(writer, value));

    public void Add(string key, IReadOnlyList<string> values) => AddArray(key, 8, values, Write);

    public void Add(string key, IReadOnlyList<int> values) => AddArray(key, 5, values, static (writer, value) => writer.Write(value));

    public void Add(string key, IReadOnlyList<float> values) => AddArray(key, 6, values, static (writer, value) => writer.Write(value));

    /// <param name="name">As llama.cpp names it.</param>
    /// <param name="dimensions">Fastest first.</param>
    /// <param name="type">Of its numbers.</param>
    /// <param name="write">Writes exactly the bytes that dimensions and type need.</param>
    public void AddTensor(string name, long[] dimensions, TensorType type, Action<Stream> write) => _tensors.Add((name, dimensions, type, write));

    public void Save(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using var writer = new BinaryWriter(file);
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((ulong)_tensors.Count);
        writer.Write((ulong)_values.Count);
        foreach (var (key, write) in _values)
        {
            Write(writer, key);
            write(writer);
        }
        var offset = 0L;
        foreach (var tensor in _tensors)
        {
            Write(writer, tensor.Name);
            writer.Write((uint)tensor.Dimensions.Length);
            foreach (var dimension in tensor.Dimensions)
                writer.Write((ulong)dimension);
            writer.Write((uint)tensor.Type);
            writer.Write((ulong)offset);
            offset += Padded(Size(tensor.Type, tensor.Dimensions.Aggregate(1L, static (product, dimension) => product * dimension)));
        }
        writer.Flush();
        Pad(file);
        foreach (var tensor in _tensors)
        {
            tensor.Write(file);
            Pad(file);
        }
    }

    private static long Size(TensorType type, long count) => type switch
    {
        TensorType.F32 => count * 4,
        TensorType.F16 => count * 2,
        _ => count / 32 * 34,
    };

    private static long Padded(long size) => (size + Alignment - 1) / Alignment * Alignment;

    private static void Pad(Stream stream)
    {
        while (stream.Position % Alignment != 0)
            stream.WriteByte(0);
    }

    private void Add(string key, uint type, Action<BinaryWriter> write) => _values.Add((key, writer => WriteTyped(writer, type, write)));

    private static void WriteTyped(BinaryWriter writer, uint type, Action<BinaryWriter> write)
    {
        writer.Write(type);
        write(writer);
    }

    private void AddArray<T>(string key, uint type, IReadOnlyList<T> values, Action<BinaryWriter, T> write) => Add(key, 9, writer =>
    {
        writer.Write(type);
        writer.Write((ulong)values.Count);
        foreach (var value in values)
            write(writer, value);
    });

    private static void Write(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }
}
