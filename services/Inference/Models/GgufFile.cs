namespace LLMoin.Inference.Models;

/// <summary>
/// What the header of a GGUF file (versions 2 and 3, https://github.com/ggml-org/ggml/blob/master/docs/gguf.md) says, checked in managed
/// code before llama.cpp sees the file: there a wrong count or offset would end the process.
/// </summary>
internal sealed record GgufFile
{
    private const uint Magic = 0x46554747; // "GGUF"
    private const int DefaultAlignment = 32;
    private const int MostTensors = 65_536;
    private const int MostNameBytes = 63; // GGML_MAX_NAME with its end
    private const int MostDimensions = 4;

    private GgufFile()
    {
    }

    public required string Path { get; init; }

    public required uint Version { get; init; }

    /// <summary>E.g. <c>qwen2</c>; empty in the second and later parts of a split model.</summary>
    public required string Architecture { get; init; }

    public string? Name { get; init; }

    /// <summary>Who made it, e.g. <c>Qwen</c>.</summary>
    public string? Organization { get; init; }

    /// <summary>E.g. <c>apache-2.0</c>.</summary>
    public string? Licence { get; init; }

    /// <summary>Tokens of context that it was trained for; 0 where the file does not say.</summary>
    public int ContextTokens { get; init; }

    public int Blocks { get; init; }

    /// <summary>Length of a hidden vector.</summary>
    public int EmbeddingLength { get; init; }

    public int Heads { get; init; }

    public int KeyValueHeads { get; init; }

    /// <summary>Length of one head's key.</summary>
    public int KeyLength { get; init; }

    /// <summary>Length of one head's value.</summary>
    public int ValueLength { get; init; }

    /// <summary>How token vectors become one: null or 0 none, 1 mean, 2 first token, 3 last token, 4 a score (reranker).</summary>
    public int? PoolingType { get; init; }

    /// <summary>The tokenizer's family, e.g. <c>gpt2</c>.</summary>
    public string? TokenizerModel { get; init; }

    /// <summary>How text is cut before it is tokenized, e.g. <c>qwen2</c>.</summary>
    public string? TokenizerPre { get; init; }

    /// <summary>Tokens in the vocabulary.</summary>
    public long VocabularySize { get; init; }

    /// <summary>The chat template in Jinja.</summary>
    public string? ChatTemplate { get; init; }

    public required int TensorCount { get; init; }

    /// <summary>It has a layer that gives scores instead of vectors; a rank model without one would end the process.</summary>
    public bool HasRankLayer { get; init; }

    /// <summary>Bytes of weights in this file.</summary>
    public required long TensorBytes { get; init; }

    /// <summary>Files that the model consists of; this one is the first or, where <see cref="Architecture"/> is empty, a later one.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Memory that one token of context takes as 16-bit keys and values, in bytes.</summary>
    public long CacheBytesPerToken => 2L * Blocks * KeyValueHeads * (KeyLength + ValueLength);

    /// <exception cref="ModelFileException">The file is missing, unreadable, cut off, or no GGUF file that llama.cpp could load.</exception>
    public static GgufFile Read(string path)
    {
        try
        {
            using var reader = new GgufReader(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0));
            return Read(path, reader);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(path, e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : "it cannot be read: " + e.Message);
        }
    }

    private static GgufFile Read(string path, GgufReader reader)
    {
        var version = CheckStart(reader);
        var tensors = (int)reader.Count("tensors", bytesEach: 8 + 4 + 8 + 4 + 8, MostTensors);
        var metadata = new GgufMetadata(reader, GgufMetadata.CountKeys(reader));
        var (bytes, names) = MeasureTensors(reader, tensors, Alignment(reader, metadata));
        var later = metadata.Number("split.no", 0, 9999) is > 0;
        var architecture = metadata.Text("general.architecture")
            ?? (later ? "" : throw reader.Refused("does not say which architecture it is (general.architecture)"));
        if (metadata.Text("general.type") is { } type and not "model")
            throw reader.Refused($"is not a model but a part for one (general.type is '{type}')");
        var width = metadata.Number(architecture + ".embedding_length", 1, 1 << 20) ?? 0;
        var heads = metadata.Number(architecture + ".attention.head_count", 0, 1 << 16) ?? 0;
        return new GgufFile
        {
            Path = path,
            Version = version,
            Architecture = architecture,
            Name = metadata.Text("general.name"),
            Organization = metadata.Text("general.organization"),
            Licence = metadata.Text("general.license"),
            ContextTokens = metadata.Number(architecture + ".context_length", 1, 1 << 27) ?? 0,
            Blocks = metadata.Number(architecture + ".block_count", 0, 4096) ?? 0,
            EmbeddingLength = width,
            Heads = heads,
            KeyValueHeads = metadata.Number(architecture + ".attention.head_count_kv", 0, 1 << 16) ?? heads,
            KeyLength = metadata.Number(architecture + ".attention.key_length", 0, 1 << 16) ?? (heads > 0 ? width / heads : 0),
            ValueLength = metadata.Number(architecture + ".attention.value_length", 0, 1 << 16) ?? (heads > 0 ? width / heads : 0),
            PoolingType = metadata.Number(architecture + ".pooling_type", -1, 16),
            TokenizerModel = metadata.Text("tokenizer.ggml.model"),
            TokenizerPre = metadata.Text("tokenizer.ggml.pre"),
            VocabularySize = metadata.Count("tokenizer.ggml.tokens"),
            ChatTemplate = metadata.Text("tokenizer.chat_template"),
            TensorCount = tensors,
            TensorBytes = bytes,
            HasRankLayer = names.Contains("cls.weight") || names.Contains("cls.output.weight"),
            Parts = metadata.Number("split.count", 0, 9999) is > 0 and var parts ? parts : 1,
        };
    }

    private static uint CheckStart(GgufReader reader)
    {
        if (reader.Length == 0)
            throw reader.Refused("is empty");
        if (reader.Length < 24 || reader.UInt32() != Magic)
            throw reader.Refused("is no GGUF file (it does not begin with 'GGUF')");
        var version = reader.UInt32();
        return version switch
        {
            2 or 3 => version,
            1 => throw reader.Refused("is of GGUF version 1, which llama.cpp no longer reads; convert the model again"),
            _ when (version & 0xFFFF) == 0 => throw reader.Refused("is a GGUF file for big-endian machines"),
            _ => throw reader.Refused($"is of GGUF version {version}; versions 2 and 3 are known"),
        };
    }

    private static uint Alignment(GgufReader reader, GgufMetadata metadata)
    {
        var alignment = metadata.Number("general.alignment", 1, 1 << 20) ?? DefaultAlignment;
        return (alignment & (alignment - 1)) == 0 ? (uint)alignment : throw reader.Refused($"general.alignment is {alignment}, which is no power of two");
    }

    /// <summary>Bytes of all tensors, and their names. They lie one after the other behind the header, each at a multiple of the alignment.</summary>
    private static (long Bytes, HashSet<string> Names) MeasureTensors(GgufReader reader, int count, uint alignment)
    {
        var names = new HashSet<string>();
        var (sum, end, last) = (0L, 0L, "");
        for (var index = 0; index < count; index++)
        {
            var name = reader.Text("a tensor's name", MostNameBytes);
            if (!names.Add(name))
                throw reader.Refused($"has the tensor {name} twice");
            var bytes = Size(reader, name);
            var offset = reader.UInt64();
            var expected = Padded(end, alignment);
            if (offset != (ulong)expected)
                throw reader.Refused($"the tensor {name} begins at {offset}; it should begin at {expected}");
            (sum, end, last) = (sum + bytes, expected + bytes, name);
            if (end > reader.Length)
                break;
        }
        var missing = end == 0 ? 0 : Padded(reader.Position, alignment) + end - reader.Length;
        return missing <= 0 ? (sum, names) : throw reader.Refused($"the tensor {last} ends {missing} bytes behind the end of the file (is it cut off?)");
    }

    /// <summary>Bytes of the next tensor, whose dimensions and type are read.</summary>
    private static long Size(GgufReader reader, string name)
    {
        var dimensions = reader.UInt32();
        if (dimensions is 0 or > MostDimensions)
            throw reader.Refused($"the tensor {name} has {dimensions} dimensions; 1 to {MostDimensions} are allowed");
        Int128 values = 1;
        var row = 0UL;
        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            var length = reader.UInt64();
            if (length is 0 or > long.MaxValue)
                throw reader.Refused($"the tensor {name} has a dimension of {length}");
            row = dimension == 0 ? length : row;
            values *= length;
            if (values > long.MaxValue / 16)
                throw reader.Refused($"the tensor {name} is larger than any file");
        }
        var number = reader.UInt32();
        if (!GgufTensorType.TryGet(number, out var type))
            throw reader.Refused($"the tensor {name} has the unknown type {number}");
        if (row % (ulong)type.BlockValues != 0)
            throw reader.Refused($"the tensor {name} has rows of {row} values, which is no multiple of its type's {type.BlockValues}");
        var bytes = (long)values / type.BlockValues * type.BlockBytes;
        return bytes <= reader.Length ? bytes : throw reader.Refused($"the tensor {name} alone is larger than the file (is it cut off?)");
    }

    private static long Padded(long position, uint alignment) => (position + alignment - 1) / alignment * alignment;
}
