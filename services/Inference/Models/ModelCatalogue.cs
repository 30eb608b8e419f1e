using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LLMoin.Inference.Models;

/// <summary>
/// The models that come with LLMoin by name (<c>models.json</c> beside the program), and over them those of the operator (a file of the
/// same name in the models directory): an entry there replaces one of the same id.
/// </summary>
internal sealed class ModelCatalogue
{
    public const string FileName = "models.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    private readonly List<CatalogueEntry> _entries = [];

    private ModelCatalogue()
    {
    }

    /// <summary>In the files' order.</summary>
    public IReadOnlyList<CatalogueEntry> Entries => _entries;

    public CatalogueEntry? Find(string id) => _entries.Find(entry => entry.Id == id);

    /// <summary>LLMoin's own catalogue and, where there is one, the operator's.</summary>
    /// <exception cref="ModelFileException">A file is no catalogue; the message names entry and field.</exception>
    public static ModelCatalogue Load(string modelsDirectory)
    {
        var own = Path.Combine(modelsDirectory, FileName);
        var catalogue = new ModelCatalogue();
        catalogue.Merge(Path.Combine(AppContext.BaseDirectory, FileName));
        if (File.Exists(own))
            catalogue.Merge(own);
        return catalogue;
    }

    private void Merge(string path)
    {
        var read = Read(path);
        if (read.GroupBy(entry => entry.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ModelFileException(path, $"the entry '{twice.Key}' is there twice");
        foreach (var entry in read)
        {
            var known = _entries.FindIndex(other => other.Id == entry.Id);
            if (known >= 0)
                _entries[known] = entry;
            else
                _entries.Add(entry);
        }
    }

    private static List<CatalogueEntry> Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("models", out var models) && models.ValueKind == JsonValueKind.Array
                ? [.. models.EnumerateArray().Select((element, index) => ReadEntry(path, element, index))]
                : throw new ModelFileException(path, "it must be an object with the array 'models'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ModelFileException(path, e.Message);
        }
    }

    private static CatalogueEntry ReadEntry(string path, JsonElement element, int index)
    {
        var name = element.ValueKind == JsonValueKind.Object && element.TryGetProperty("id", out var id) ? id.ToString() : $"number {index + 1}";
        try
        {
            var entry = element.Deserialize<CatalogueEntry>(Json) ?? throw new JsonException("It is null.");
            var faults = new List<ValidationResult>();
            if (!Validator.TryValidateObject(entry, new ValidationContext(entry), faults, validateAllProperties: true))
                throw new ModelFileException(path, $"entry '{name}', field {Fields(faults[0])}: {faults[0].ErrorMessage}");
            return entry;
        }
        catch (JsonException e)
        {
            throw new ModelFileException(path, $"entry '{name}'{(e.Path is { Length: > 2 } field ? $", field {field[2..]}" : "")}: {e.Message}");
        }
    }

    private static string Fields(ValidationResult fault) => string.Join(", ", fault.MemberNames.Select(JsonNamingPolicy.CamelCase.ConvertName));
}
