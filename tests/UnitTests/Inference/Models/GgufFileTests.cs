using LLMoin.Inference.Models;

namespace LLMoin.UnitTests.Inference.Models;

public sealed class GgufFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2u)]
    [InlineData(3u)]
    public void A_header_tells_what_the_model_is(uint version)
    {
        var file = Read(GgufBytes.Model(version));

        Assert.Equal((version, "qwen2", "Tiny", "Test Lab"), (file.Version, file.Architecture, file.Name, file.Organization));
        Assert.Equal((512, 2, 64, 4, 2), (file.ContextTokens, file.Blocks, file.EmbeddingLength, file.Heads, file.KeyValueHeads));
        Assert.Equal(("gpt2", "qwen2", 100), (file.TokenizerModel, file.TokenizerPre, file.VocabularySize));
        Assert.Equal("{{ messages }}", file.ChatTemplate);
        Assert.Equal((2, 64 * 100 / 32 * 34 + 64 * 4L), (file.TensorCount, file.TensorBytes));
        Assert.Null(file.PoolingType);
        Assert.Equal(1, file.Parts);
        Assert.Equal(2 * 2 * 2 * (16 + 16), file.CacheBytesPerToken);
    }

    [Fact]
    public void Of_a_number_per_layer_the_largest_counts()
    {
        var file = Read(new GgufBytes().Text("general.architecture", "x").Numbers("x.attention.head_count_kv", 4, 8, 2));

        Assert.Equal(8, file.KeyValueHeads);
    }

    [Fact]
    public void A_long_chat_template_is_read_whole()
    {
        var template = string.Concat(Enumerable.Range(0, 20_000).Select(line => $"{{# Zeile {line} #}}ü"));

        Assert.Equal(template, Read(new GgufBytes().Text("general.architecture", "x").Text("tokenizer.chat_template", template)).ChatTemplate);
    }

    [Fact]
    public void A_missing_file_is_refused_by_name()
    {
        var path = Path.Combine(_folder.Path, "missing.gguf");

        var refusal = Assert.Throws<ModelFileException>(() => GgufFile.Read(path));

        Assert.Equal($"{path}: there is no such file", refusal.Message);
    }

    [Fact]
    public void What_is_no_model_is_refused_with_the_reason()
    {
        Refuses([], "is empty");
        Refuses("<html>Please log in to the network</html>"u8.ToArray(), "is no GGUF file");
        Refuses(GgufBytes.Model().Build()[..20], "is no GGUF file");
        Refuses(GgufBytes.Model(version: 1).Build(), "version 1");
        Refuses(GgufBytes.Model(version: 9).Build(), "version 9");
        Refuses(GgufBytes.Model(version: 0x03000000).Build(), "big-endian");
        Refuses(new GgufBytes().Build(), "general.architecture");
        Refuses(new GgufBytes().Text("general.architecture", "clip").Text("general.type", "mmproj").Build(), "is not a model");
        Refuses(new GgufBytes().Text("general.architecture", "x").Number("x.context_length", 0).Build(), "x.context_length is 0");
    }

    [Fact]
    public void Counts_and_lengths_beyond_the_file_are_refused_before_anything_is_allocated()
    {
        Refuses(GgufBytes.Model(claimedTensors: ulong.MaxValue).Build(), "tensors");
        Refuses(GgufBytes.Model(claimedTensors: 60_000).Build(), "more than the file can hold");
        Refuses(GgufBytes.Model(claimedEntries: 1UL << 40).Build(), "metadata entries");
        Refuses(new GgufBytes().Entry("general.architecture", 8, writer => writer.Write(ulong.MaxValue)).Build(), "longer than the file");
        Refuses(new GgufBytes().Entry("a", 9, writer => { writer.Write(8u); writer.Write(1UL << 60); }).Build(), "elements of a");
        Refuses(new GgufBytes().Entry("a", 9, writer => { writer.Write(4u); writer.Write(1UL << 20); }).Build(), "more than the file can hold");
        Refuses(new GgufBytes().Entry("a", 9, writer => { writer.Write(9u); writer.Write(1UL); }).Build(), "array of arrays");
        Refuses(new GgufBytes().Entry("a", 77, writer => writer.Write(0)).Build(), "unknown type 77");
        Refuses(new GgufBytes().Number("a", 1).Number("a", 1).Build(), "twice");
        Refuses(new GgufBytes().Number(new string('k', 300), 1).Build(), "300 bytes");
        Refuses(new GgufBytes().Text("general.architecture", new string('k', 2 << 20)).Build(), "at most 1048576");
    }

    [Fact]
    public void Tensors_that_do_not_fit_the_file_are_refused()
    {
        Refuses(GgufBytes.Model().Build()[..^40], "ends 40 bytes behind the end of the file");
        Refuses(Named().Tensor("t", 0, 4, ulong.MaxValue).Build(), "has a dimension of");
        Refuses(Named().Tensor("t", 0, 4, 1UL << 40, 1UL << 40).Build(), "larger than any file");
        Refuses(Named().Tensor("t", 0, 4, 1UL << 30).Build(), "larger than the file");
        Refuses(Named().Tensor("t", 0, 4, 0).Build(), "has a dimension of 0");
        Refuses(Named().Tensor("t", 4, 4, 32).Build(), "unknown type 4");
        Refuses(Named().Tensor("t", 8, 34, 33).Build(), "rows of 33 values");
        Refuses(Named().Tensor("t", 0, 4, 1, 1, 1, 1, 1).Build(), "5 dimensions");
        Refuses(Named().TensorAt(64, "t", 0, 4, 1).Build(), "begins at 64; it should begin at 0");
        Refuses(Named().Tensor("t", 0, 4, 1).Tensor("t", 0, 4, 1).Build(), "twice");
        Refuses(Named().Number("general.alignment", 48).Build(), "no power of two");
    }

    [Fact]
    public void A_damaged_file_is_read_or_refused_but_never_hurts()
    {
        var random = new Random(20_261_124);
        var whole = GgufBytes.Model().Build();
        var header = whole.Length - (64 * 100 / 32 * 34) - (64 * 4);
        var path = Path.Combine(_folder.Path, "damaged.gguf");
        var (read, refused) = (0, 0);
        for (var round = 0; round < 10_000; round++)
        {
            var damaged = whole.AsSpan(0, random.Next(4) == 0 ? random.Next(whole.Length) : whole.Length).ToArray();
            for (var flips = random.Next(1, 5); flips > 0 && damaged.Length > 0; flips--)
                damaged[random.Next(Math.Min(header, damaged.Length))] = (byte)(random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => random.Next(256) });
            File.WriteAllBytes(path, damaged);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                GgufFile.Read(path);
                read++;
            }
            catch (ModelFileException refusal)
            {
                Assert.StartsWith(path, refusal.Message, StringComparison.Ordinal);
                refused++;
            }
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64_000_000);
        }
        Assert.True(read > 100 && refused > 1000, $"{read} read, {refused} refused");
    }

    private static GgufBytes Named() => new GgufBytes().Text("general.architecture", "x");

    private GgufFile Read(GgufBytes bytes) => GgufFile.Read(_folder.Write("model.gguf", bytes.Build()));

    private void Refuses(byte[] bytes, string reason)
    {
        var path = _folder.Write("model.gguf", bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = Assert.Throws<ModelFileException>(() => GgufFile.Read(path));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000_000);
        Assert.StartsWith(path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }
}
