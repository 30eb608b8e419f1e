using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LLMoin.Contracts.Inference;

namespace LLMoin.Inference.Structured.Calls;

internal enum CallStep
{
    /// <summary>It belongs to the calls, which go on.</summary>
    More,

    /// <summary>It ends the calls.</summary>
    Done,

    /// <summary>These are no calls; the character does not belong to them.</summary>
    Broken,
}

/// <summary>Reads calls character by character, from after their marker.</summary>
/// <param name="tools">Names of the functions that may be called.</param>
internal abstract class CallReader(IReadOnlySet<string> tools)
{
    private const string IdCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";

    private readonly StringBuilder _json = new();
    private readonly List<ToolCall> _calls = [];
    private JsonExtent _extent;

    public IReadOnlyList<ToolCall> Calls => _calls;

    public abstract CallStep Read(char next);

    /// <summary>Whether the answer may end here with whole calls.</summary>
    public virtual bool MayEnd => false;

    /// <summary>Starts a JSON value or goes on with it.</summary>
    /// <returns>Its text where this character ends it, else null.</returns>
    protected string? Json(char next)
    {
        _json.Append(next);
        if (!_extent.EndsWith(next))
            return null;
        var json = _json.ToString();
        _json.Clear();
        _extent = default;
        return json;
    }

    /// <summary>Takes an object with name and arguments, or a list of them, as calls.</summary>
    /// <returns>Whether each is a sound call of a known function.</returns>
    protected bool Add(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? document.RootElement.GetArrayLength() > 0 && document.RootElement.EnumerateArray().All(Add)
                : Add(document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Takes arguments of a function as a call.</summary>
    protected bool Add(string name, string arguments)
    {
        if (!tools.Contains(name) || !IsObject(arguments))
            return false;
        _calls.Add(new ToolCall($"call_{RandomNumberGenerator.GetString(IdCharacters, 24)}", name, arguments));
        return true;
    }

    private bool Add(JsonElement call)
    {
        if (call.ValueKind != JsonValueKind.Object || !call.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
            return false;
        if (!call.TryGetProperty("arguments", out var arguments) && !call.TryGetProperty("parameters", out arguments))
            return Add(name.GetString()!, "{}");
        // Some models write the arguments as OpenAI's API does, as a text that holds JSON.
        return Add(name.GetString()!, arguments.ValueKind == JsonValueKind.String ? arguments.GetString()! : arguments.GetRawText());
    }

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
