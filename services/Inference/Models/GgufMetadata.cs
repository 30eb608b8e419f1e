using System.Collections.Frozen;

namespace LLMoin.Inference.Models;

/// <summary>The key-value part of a GGUF header: numbers and short texts are kept, arrays are measured and passed over.</summary>
internal sealed class GgufMetadata
{
    private const int MostKeys = 4096;
    private const int MostKeyBytes = 256;
    private const int MostTextBytes = 1 << 20;
    private const long MostElements = 1 << 24;
    private const int MostLayers = 4096;

    /// <summary>Other texts are passed over, so that a file cannot fill memory with them.</summary>
    private static readonly FrozenSet<string> KeptTexts =
    [
        "general.architecture", "general.license", "general.name", "general.organization", "general.type",
        "tokenizer.chat_template", "tokenizer.ggml.model", "tokenizer.ggml.pre",
    ];

    private readonly GgufReader _reader;
    private readonly Dictionary<string, string> _texts = [];
    private readonly Dictionary<string, long> _numbers = [];
    private readonly Dictionary<string, long> _counts = [];
    private readonly HashSet<string> _keys = [];

    /// <summary>Reads <paramref name="count"/> pairs.</summary>
    /// <exception cref="ModelFileException">A key or value is malformed.</exception>
    public GgufMetadata(GgufReader reader, long count)
    {
        _reader = reader;
        for (var pair = 0; pair < count; pair++)
            ReadPair();
    }

    // The numbers are those of the format.
    private enum ValueType : uint
    {
        UInt8, Int8, UInt16, Int16, UInt32, Int32, Float32, Bool, Text, Array, UInt64, Int64, Float64,
    }

    public static long CountKeys(GgufReader reader) => reader.Count("metadata entries", bytesEach: 8 + 4 + 1, MostKeys);

    public string? Text(string key) => _texts.GetValueOrDefault(key);

    /// <summary>A whole number; of an array with one number per layer, the largest.</summary>
    /// <exception cref="ModelFileException">It is not between the two bounds.</exception>
    public int? Number(string key, int least, int most)
    {
        if (!_numbers.TryGetValue(key, out var number))
            return null;
        return number >= least && number <= most
            ? (int)number
            : throw _reader.Refused($"{key} is {number}; it must be between {least} and {most}");
    }

    /// <summary>Elements of an array; 0 where there is none.</summary>
    public long Count(string key) => _counts.GetValueOrDefault(key);

    private void ReadPair()
    {
        var key = _reader.Text("a metadata key", MostKeyBytes);
        if (key.Length == 0 || !key.All(char.IsAscii))
            throw _reader.Refused("has a metadata key that is empty or not ASCII");
        if (!_keys.Add(key))
            throw _reader.Refused($"has the metadata key {key} twice");
        switch (Type(key))
        {
            case ValueType.Text when KeptTexts.Contains(key):
                _texts[key] = _reader.Text(key, MostTextBytes);
                break;
            case ValueType.Text:
                _reader.SkipText(key);
                break;
            case ValueType.Array:
                ReadArray(key);
                break;
            case var type when WholeNumber(type) is { } number:
                _numbers[key] = number;
                break;
        }
    }

    private ValueType Type(string key)
    {
        var type = (ValueType)_reader.UInt32();
        return Enum.IsDefined(type) ? type : throw _reader.Refused($"{key} has the unknown type {(uint)type}");
    }

    private void ReadArray(string key)
    {
        var of = Type(key);
        if (of == ValueType.Array)
            throw _reader.Refused($"{key} is an array of arrays");
        var count = _reader.Count($"elements of {key}", of == ValueType.Text ? 8 : Bytes(of), MostElements);
        _counts[key] = count;
        if (of == ValueType.Text)
        {
            for (var element = 0L; element < count; element++)
                _reader.SkipText($"an element of {key}");
        }
        else if (count <= MostLayers)
        {
            for (var element = 0L; element < count; element++)
                if (WholeNumber(of) is { } number)
                    _numbers[key] = Math.Max(number, _numbers.GetValueOrDefault(key));
        }
        else
        {
            _reader.Skip(count * Bytes(of));
        }
    }

    /// <summary>Reads one value; null for fractions.</summary>
    private long? WholeNumber(ValueType type)
    {
        switch (type)
        {
            case ValueType.UInt8: return _reader.Byte();
            case ValueType.Int8: return (sbyte)_reader.Byte();
            case ValueType.Bool: return _reader.Byte();
            case ValueType.UInt16: return (ushort)Narrow();
            case ValueType.Int16: return (short)Narrow();
            case ValueType.UInt32: return _reader.UInt32();
            case ValueType.Int32: return (int)_reader.UInt32();
            case ValueType.UInt64: return (long)Math.Min(_reader.UInt64(), long.MaxValue);
            case ValueType.Int64: return (long)_reader.UInt64();
            default:
                _reader.Skip(Bytes(type));
                return null;
        }
    }

    private int Narrow() => _reader.Byte() | (_reader.Byte() << 8);

    private static int Bytes(ValueType type) => type switch
    {
        ValueType.UInt8 or ValueType.Int8 or ValueType.Bool => 1,
        ValueType.UInt16 or ValueType.Int16 => 2,
        ValueType.UInt32 or ValueType.Int32 or ValueType.Float32 => 4,
        _ => 8,
    };
}
