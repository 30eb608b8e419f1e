using System.Text.RegularExpressions;
using LLMoin.Contracts.Inference;

namespace LLMoin.Inference.Models;

/// <summary>Finds the files of models that are named by catalogue id, by <c>owner/repo:file.gguf</c> or by path.</summary>
/// <param name="directory">The models directory; what was pulled lies there in <c>owner/repo/file.gguf</c>.</param>
/// <param name="catalogue">The models known by id.</param>
internal sealed partial class ModelStore(string directory, ModelCatalogue catalogue)
{
    // Architectures that only turn text into a vector, whether or not the file says how (llama.cpp, src/llama-arch.cpp).
    private static readonly HashSet<string> Encoders =
        ["bert", "modern-bert", "neo-bert", "eurobert", "nomic-bert", "nomic-bert-moe", "jina-bert-v2", "jina-bert-v3", "gemma-embedding", "t5encoder"];

    private readonly string _directory = Path.GetFullPath(directory);

    /// <summary>All of them, in order.</summary>
    /// <exception cref="ModelFileException">One is missing, broken or named twice.</exception>
    public IReadOnlyList<ModelSpec> Resolve(IReadOnlyList<string> names)
    {
        var specs = names.Select(Resolve).ToList();
        return specs.GroupBy(spec => spec.Id).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new ModelFileException(twice.Last().Path, $"there is already a model '{twice.Key}'; rename the file or give it an id in {ModelCatalogue.FileName}")
            : specs;
    }

    /// <exception cref="ModelFileException">It is missing (the message says how to get it) or broken.</exception>
    public ModelSpec Resolve(string name)
    {
        if (catalogue.Find(name) is { } entry)
            return Describe(entry.Id, Locate(entry), entry);
        if (HubFile.TryParse(name, out var hub))
            return Describe(IdOf(hub.File), Locate(hub, name), null);
        if (name.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase))
            return Describe(IdOf(name), Present(Path.GetFullPath(name, _directory), "copy it there"), null);
        throw new ModelFileException(name,
            $"it is no .gguf file, no owner/repo:file.gguf and no id of the catalogue, which has {string.Join(", ", catalogue.Entries.Select(known => known.Id))}");
    }

    /// <summary>Where a pulled file belongs.</summary>
    public string PathOf(HubFile file) => Path.Combine(_directory, file.RelativePath);

    /// <summary>All files of it are there.</summary>
    public bool Has(CatalogueEntry entry) => entry.File is { } file
        ? File.Exists(Path.GetFullPath(file, _directory))
        : HubFile.TryParse(entry.Hf!, out var hub) && hub.Parts.All(part => File.Exists(PathOf(part)));

    /// <summary>What a model is called that has only a file name: without ending and part number, in lower case.</summary>
    public static string IdOf(string file)
    {
        var name = Path.GetFileName(file);
        var split = HubFile.SplitName().Match(name);
        var stem = split.Success ? split.Groups["stem"].Value : Path.GetFileNameWithoutExtension(name);
        return Unfit().Replace(stem.ToLowerInvariant(), "-").Trim('-');
    }

    private string Locate(CatalogueEntry entry) => HubFile.TryParse(entry.Hf ?? "", out var hub)
        ? Locate(hub, entry.Id)
        : Present(Path.GetFullPath(entry.File!, _directory), "copy it there");

    private string Locate(HubFile hub, string name)
    {
        foreach (var part in hub.Parts)
            Present(PathOf(part), $"get it with: {PullCommand(name)}");
        return PathOf(hub.Parts[0]);
    }

    private static string Present(string path, string remedy)
        => File.Exists(path) ? path : throw new ModelFileException(path, $"the model is not there; {remedy}");

    private string PullCommand(string name)
    {
        var elsewhere = _directory == Path.GetFullPath(InferenceOptions.DefaultModelsDirectory) ? "" : $"Inference__ModelsDirectory={_directory} ";
        return $"{elsewhere}dotnet run --project services/Inference -- pull {name}";
    }

    private static ModelSpec Describe(string id, string path, CatalogueEntry? entry)
    {
        var header = GgufFile.Read(path);
        if (header.Architecture.Length == 0)
            throw new ModelFileException(path, "this is a later part of a split model; name its first part (…-00001-of-…)");
        return new ModelSpec(
            id, entry?.Kind ?? KindOf(header), path, header, entry?.Context, entry?.Template, entry?.PriceClass,
            header.Organization ?? entry?.Licence ?? header.Licence ?? "unknown", entry?.Sha256 ?? Checksum.ReadFor(path));
    }

    private static ModelKind KindOf(GgufFile header) => header.PoolingType switch
    {
        4 => ModelKind.Rerank,
        1 or 2 or 3 => ModelKind.Embedding,
        _ => Encoders.Contains(header.Architecture) ? ModelKind.Embedding : ModelKind.Chat,
    };

    [GeneratedRegex("[^a-z0-9._-]+")]
    private static partial Regex Unfit();
}
