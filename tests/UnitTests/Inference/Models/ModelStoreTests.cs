using LLMoin.Contracts.Inference;
using LLMoin.Inference.Models;

namespace LLMoin.UnitTests.Inference.Models;

public sealed class ModelStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelStore _store;

    public ModelStoreTests()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "models.json"), """
            {"models":[
              {"id":"amt","kind":"chat","hf":"stadt/amt-GGUF:amt-q8.gguf","context":4096,"template":"chatml","licence":"MIT","priceClass":"small",
               "recommendedFor":"laptop-cpu","minMemoryGb":2,"description":{"de":"Das Amt","en":"The office"}},
              {"id":"akte","kind":"embedding","file":"akte.gguf","context":512,"licence":"MIT","priceClass":"embedding",
               "recommendedFor":"laptop-cpu","minMemoryGb":2,"description":{"de":"Die Akte","en":"The file"}}]}
            """);
        _store = new ModelStore(_folder.Path, ModelCatalogue.Load(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_catalogue_id_finds_the_pulled_file_and_what_the_catalogue_says()
    {
        var path = _folder.Write("stadt/amt-GGUF/amt-q8.gguf", GgufBytes.Model().Build());

        var spec = _store.Resolve("amt");

        Assert.Equal(("amt", ModelKind.Chat, path, "Test Lab"), (spec.Id, spec.Kind, spec.Path, spec.OwnedBy));
        Assert.Equal((4096, "chatml", "small"), (spec.ContextTokens, spec.TemplateFamily, spec.PriceClass));
        Assert.Equal("qwen2", spec.Header.Architecture);
    }

    [Fact]
    public void An_entry_may_name_a_file_that_was_put_there_by_hand()
    {
        var path = _folder.Write("akte.gguf", GgufBytes.Model().Build());

        Assert.Equal((path, ModelKind.Embedding), (_store.Resolve("akte").Path, _store.Resolve("akte").Kind));
    }

    [Fact]
    public void A_path_or_a_pulled_file_outside_the_catalogue_is_called_as_its_file()
    {
        var path = _folder.Write("elsewhere/Über Uns (v2) Q4_K_M.gguf", GgufBytes.Model().Build());
        _folder.Write("land/m-GGUF/Sub/M_1.5.gguf", GgufBytes.Model().Build());

        var (bare, pulled) = (_store.Resolve(path), _store.Resolve("land/m-GGUF:Sub/M_1.5.gguf"));

        Assert.Equal(("ber-uns-v2-q4_k_m", path, null), (bare.Id, bare.Path, bare.ContextTokens));
        Assert.Equal("m_1.5", pulled.Id);
    }

    [Theory]
    [InlineData(null, "qwen2", ModelKind.Chat)]
    [InlineData(1u, "qwen2", ModelKind.Embedding)]
    [InlineData(3u, "qwen3", ModelKind.Embedding)]
    [InlineData(4u, "qwen3", ModelKind.Rerank)]
    [InlineData(null, "bert", ModelKind.Embedding)]
    public void The_header_tells_the_kind_where_nobody_else_does(uint? pooling, string architecture, ModelKind expected)
    {
        var bytes = new GgufBytes().Text("general.architecture", architecture);
        if (pooling is { } type)
            bytes.Number(architecture + ".pooling_type", type);

        Assert.Equal(expected, _store.Resolve(_folder.Write("m.gguf", bytes.Build())).Kind);
    }

    [Fact]
    public void A_missing_model_is_refused_with_the_command_that_gets_it()
    {
        var refusal = Assert.Throws<ModelFileException>(() => _store.Resolve("amt"));
        Assert.Contains($"Inference__ModelsDirectory={_folder.Path} dotnet run --project services/Inference -- pull amt", refusal.Message, StringComparison.Ordinal);

        refusal = Assert.Throws<ModelFileException>(() => _store.Resolve("a/b:c.gguf"));
        Assert.EndsWith("-- pull a/b:c.gguf", refusal.Message, StringComparison.Ordinal);

        refusal = Assert.Throws<ModelFileException>(() => _store.Resolve("gpt"));
        Assert.Contains("amt, akte", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_model_needs_all_parts_and_is_called_without_their_numbers()
    {
        var first = _folder.Write("a/b/Big-00001-of-00002.gguf", GgufBytes.Model().Build());
        var missing = Assert.Throws<ModelFileException>(() => _store.Resolve("a/b:Big-00001-of-00002.gguf"));
        Assert.EndsWith("Big-00002-of-00002.gguf", missing.Path, StringComparison.Ordinal);

        var later = _folder.Write("a/b/Big-00002-of-00002.gguf", new GgufBytes().Number("split.no", 1).Build());
        Assert.Equal(("big", first), (_store.Resolve("a/b:Big-00001-of-00002.gguf").Id, _store.Resolve("a/b:Big-00002-of-00002.gguf").Path));
        Assert.Contains("later part", Assert.Throws<ModelFileException>(() => _store.Resolve(later)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_models_of_one_name_and_broken_files_are_refused()
    {
        var first = _folder.Write("one/m.gguf", GgufBytes.Model().Build());
        var second = _folder.Write("two/m.gguf", GgufBytes.Model().Build());
        Assert.Contains("already a model 'm'", Assert.Throws<ModelFileException>(() => _store.Resolve([first, second])).Message, StringComparison.Ordinal);

        Assert.Throws<ModelFileException>(() => _store.Resolve(_folder.Write("broken.gguf", [1, 2, 3])));
    }

    [Theory]
    [InlineData("../x:y.gguf")]
    [InlineData("a/..:y.gguf")]
    [InlineData("a/b:../y.gguf")]
    [InlineData("a/b:c/../../y.gguf")]
    [InlineData("a/b:/etc/y.gguf")]
    [InlineData("a/b:.hidden.gguf")]
    [InlineData("a/b:y.gguf\n")]
    [InlineData("a/b:y.txt")]
    [InlineData("a/b/c:y.gguf")]
    [InlineData("a/b:c\\y.gguf")]
    [InlineData("a/b:y-00001-of-00000.gguf")]
    [InlineData("a/b:y-00001-of-99999.gguf")]
    public void A_name_that_leaves_the_models_directory_or_names_no_model_is_none(string name) => Assert.False(HubFile.TryParse(name, out _));
}
