using LLMoin.Contracts.Inference;
using LLMoin.Inference.Models;

namespace LLMoin.UnitTests.Inference.Models;

public sealed class ModelCatalogueTests : IDisposable
{
    private const string Entry = """
        {"id":"amt","kind":"chat","hf":"stadt/amt-GGUF:amt-q8.gguf","context":4096,"licence":"MIT","priceClass":"small",
         "recommendedFor":"laptop-cpu","minMemoryGb":2,"description":{"de":"Das Amt","en":"The office"}}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_catalogue_that_comes_along_has_models_of_each_kind_and_for_each_machine()
    {
        var entries = ModelCatalogue.Load(_folder.Path).Entries;

        Assert.Equal([ModelKind.Chat, ModelKind.Embedding, ModelKind.Rerank], entries.Select(entry => entry.Kind).Distinct().Order());
        Assert.Equal(Enum.GetValues<Machine>(), entries.Select(entry => entry.RecommendedFor).Distinct().Order());
        Assert.All(entries, entry => Assert.False(string.IsNullOrWhiteSpace(entry.Description.De) || string.IsNullOrWhiteSpace(entry.Description.En)));
        Assert.All(entries.Where(entry => entry.Licence is not ("Apache-2.0" or "MIT")), entry => Assert.StartsWith("not open source", entry.LicenceNote, StringComparison.Ordinal));
        Assert.All(entries.Where(entry => entry.SizeBytes is not null), entry => Assert.True(entry.MinMemoryGb * 1e9 > entry.SizeBytes));
    }

    [Fact]
    public void An_operators_entry_joins_and_one_of_the_same_id_replaces()
    {
        Write(Entry + "," + Entry.Replace("\"amt\"", "\"bge-m3\""));

        var catalogue = ModelCatalogue.Load(_folder.Path);

        Assert.Equal("stadt/amt-GGUF:amt-q8.gguf", catalogue.Find("amt")!.Hf);
        Assert.Equal("stadt/amt-GGUF:amt-q8.gguf", Assert.Single(catalogue.Entries, entry => entry.Id == "bge-m3").Hf);
    }

    [Theory]
    [InlineData("\"kind\":\"chat\"", "\"kind\":\"poet\"", "field kind")]
    [InlineData("\"kind\":\"chat\",", "", "'kind'")]
    [InlineData("\"context\":4096", "\"context\":4", "field context")]
    [InlineData("\"context\":4096", "\"contxt\":4096", "'contxt'")]
    [InlineData("stadt/amt-GGUF:amt-q8.gguf", "../../etc/passwd", "field hf")]
    [InlineData("\"hf\":", "\"file\":\"x.gguf\",\"hf\":", "field hf")]
    [InlineData("\"licence\":\"MIT\"", "\"licence\":\"MIT\",\"sha256\":\"abc\"", "field sha256")]
    [InlineData("amt-q8.gguf\"", "amt-00001-of-00002.gguf\",\"sha256\":\"74a4da8c9fdbcd15bd1f6d01d621410d31c6fc00986f5eb687824e7b93d7a9db\"", "field sha256")]
    [InlineData("\"recommendedFor\":\"laptop-cpu\"", "\"recommendedFor\":1", "field recommendedFor")]
    [InlineData("\"en\":\"The office\"", "\"fr\":\"Le bureau\"", "description")]
    public void A_wrong_entry_is_named_with_its_field(string right, string wrong, string expected)
    {
        Write(Entry.Replace(right, wrong));

        var refusal = Assert.Throws<ModelFileException>(() => ModelCatalogue.Load(_folder.Path));

        Assert.StartsWith(Path.Combine(_folder.Path, "models.json"), refusal.Message, StringComparison.Ordinal);
        Assert.Contains("entry 'amt'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_is_there_twice_or_a_file_that_is_no_catalogue_is_refused()
    {
        Write(Entry + "," + Entry);
        Assert.Contains("'amt' is there twice", Assert.Throws<ModelFileException>(() => ModelCatalogue.Load(_folder.Path)).Message, StringComparison.Ordinal);

        foreach (var text in new[] { "", "[]", "{\"models\":3}", "nonsense" })
        {
            File.WriteAllText(Path.Combine(_folder.Path, "models.json"), text);
            Assert.Throws<ModelFileException>(() => ModelCatalogue.Load(_folder.Path));
        }
    }

    private void Write(string entries) => File.WriteAllText(Path.Combine(_folder.Path, "models.json"), $"{{\"models\":[{entries}]}}");
}
