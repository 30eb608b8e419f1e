using System.Text;

namespace LLMoin.UnitTests.Inference.Models;

/// <summary>Writes small GGUF files, also wrong ones.</summary>
internal sealed class GgufBytes
{
    private readonly List<(string Key, uint Type, Action<BinaryWriter> Value)> _metadata = [];
    private readonly List<(string Name, ulong[] Dimensions, uint Type, ulong Offset)> _tensors = [];
    private ulong _data;

    public uint Version { get; init; } = 3;

    public ulong? ClaimedTensors { get; init; }

    public ulong? ClaimedEntries { get; init; }

    /// <summary>A whole chat model of two tiny tensors.</summary>
    public static GgufBytes Model(uint version = 3, ulong? claimedTensors = null, ulong? claimedEntries = null)
        => new GgufBytes { Version = version, ClaimedTensors = claimedTensors, ClaimedEntries = claimedEntries }
            .Text("general.architecture", "qwen2").Text("general.name", "Tiny").Text("general.organization", "Test Lab")
            .Number("qwen2.context_length", 512).Number("qwen2.block_count", 2).Number("qwen2.embedding_length", 64)
            .Number("qwen2.attention.head_count", 4).Number("qwen2.attention.head_count_kv", 2)
            .Text("tokenizer.ggml.model", "gpt2").Text("tokenizer.ggml.pre", "qwen2").Text("tokenizer.chat_template", "{{ messages }}")
            .Texts("tokenizer.ggml.tokens", Enumerable.Range(0, 100).Select(token => $"t{token}"))
            .Fraction("qwen2.rope.freq_base", 10_000)
            .Tensor("token_embd.weight", type: 8, bytes: 64 * 100 / 32 * 34, 64, 100)
            .Tensor("output_norm.weight", type: 0, bytes: 64 * 4, 64);

    public GgufBytes Text(string key, string value) => Entry(key, 8, writer => Write(writer, value));

    public GgufBytes Number(string key, uint value) => Entry(key, 4, writer => writer.Write(value));

    public GgufBytes Numbers(string key, params uint[] values) => Entry(key, 9, writer =>
    {
        writer.Write(4u);
        writer.Write((ulong)values.Length);
        foreach (var value in values)
            writer.Write(value);
    });

    public GgufBytes Fraction(string key, float value) => Entry(key, 6, writer => writer.Write(value));

    public GgufBytes Texts(string key, IEnumerable<string> values) => Entry(key, 9, writer =>
    {
        writer.Write(8u);
        writer.Write((ulong)values.Count());
        foreach (var value in values)
            Write(writer, value);
    });

    public GgufBytes Tensor(string name, uint type, ulong bytes, params ulong[] dimensions) => TensorAt(_data, name, type, bytes, dimensions);

    public GgufBytes TensorAt(ulong offset, string name, uint type, ulong bytes, params ulong[] dimensions)
    {
        _tensors.Add((name, dimensions, type, offset));
        _data = (_data + bytes + 31) / 32 * 32;
        return this;
    }

    public GgufBytes Entry(string key, uint type, Action<BinaryWriter> value)
    {
        _metadata.Add((key, type, value));
        return this;
    }

    public byte[] Build()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("GGUF"u8);
        writer.Write(Version);
        writer.Write(ClaimedTensors ?? (ulong)_tensors.Count);
        writer.Write(ClaimedEntries ?? (ulong)_metadata.Count);
        foreach (var (key, type, value) in _metadata)
        {
            Write(writer, key);
            writer.Write(type);
            value(writer);
        }
        foreach (var (name, dimensions, type, offset) in _tensors)
        {
            Write(writer, name);
            writer.Write(dimensions.Length);
            foreach (var dimension in dimensions)
                writer.Write(dimension);
            writer.Write(type);
            writer.Write(offset);
        }
        writer.Flush();
        var data = (stream.Length + 31) / 32 * 32;
        stream.SetLength(data + (long)_data);
        return stream.ToArray();
    }

    private static void Write(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }
}
