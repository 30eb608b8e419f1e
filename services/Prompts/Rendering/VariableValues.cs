using System.Globalization;
using System.Text.Json;
using Fluid.Values;
using LLMoin.Prompts.Templates;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Prompts.Rendering;

/// <summary>Checks what was filled in against what a template declares, and turns it into what Liquid works with.</summary>
internal static class VariableValues
{
    private const int LongestText = 1_000;
    private const int LongestLongText = 50_000;
    private const int MostItems = 100;

    private static readonly ProblemType Unknown = new("unknown-variable", 400, "The template has no such variable", "Die Vorlage kennt diese Variable nicht");
    private static readonly ProblemType Missing = new("missing-variable", 400, "A required variable has no value", "Für eine Pflichtangabe fehlt der Wert");
    private static readonly ProblemType Unfit = new("unfit-value", 400, "A value does not fit its variable", "Ein Wert passt nicht zu seiner Variable");

    public static ProblemResult? Read(
        IReadOnlyList<Variable> variables, IReadOnlyDictionary<string, JsonElement> given, out Dictionary<string, FluidValue> values)
    {
        values = new(StringComparer.Ordinal);
        if (given.Keys.FirstOrDefault(name => variables.All(variable => variable.Name != name)) is { } unknown)
            return new ProblemResult(Unknown, null, $"values.{unknown}");

        foreach (var variable in variables)
        {
            var field = $"values.{variable.Name}";
            var isGiven = given.TryGetValue(variable.Name, out var json) && json.ValueKind != JsonValueKind.Null;
            var value = isGiven ? Value(variable, json) : NilValue.Instance;
            if (value is null)
                return new ProblemResult(Unfit, Expected(variable), field, ExpectedInGerman(variable));
            if (variable.Required && IsEmpty(value))
                return new ProblemResult(Missing, null, field);
            values[variable.Name] = value;
        }

        return null;
    }

    private static FluidValue? Value(Variable variable, JsonElement json) => variable.Type switch
    {
        VariableType.Text => Text(json, LongestText) is { } text && !text.Contains('\n', StringComparison.Ordinal) ? new StringValue(text) : null,
        VariableType.LongText => Text(json, LongestLongText) is { } text ? new StringValue(text) : null,
        VariableType.Number => json.ValueKind == JsonValueKind.Number && json.TryGetDecimal(out var number) ? NumberValue.Create(number) : null,
        VariableType.Date => Text(json, 10) is { } text && IsDate(text) ? new StringValue(text) : null,
        VariableType.Boolean => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? BooleanValue.Create(json.GetBoolean()) : null,
        VariableType.Choice => Text(json, LongestText) is { } text && variable.Choices!.Contains(text) ? new StringValue(text) : null,
        VariableType.List => List(json),
        _ => Source(json),
    };

    /// <summary>The id that a document's or collection's value names; null where it names none.</summary>
    public static Guid? SourceId(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.TryGetGuid(out var bare) ? bare : null,
        JsonValueKind.Object => json.TryGetProperty("id", out var member) && member.ValueKind == JsonValueKind.String && member.TryGetGuid(out var id) ? id : null,
        _ => null,
    };

    /// <summary>In the text stands the title, where there is one; whoever looked it up vouches for it.</summary>
    private static StringValue? Source(JsonElement json)
    {
        if (SourceId(json) is not { } id)
            return null;
        if (json.ValueKind == JsonValueKind.String)
            return new StringValue(id.ToString());
        if (json.EnumerateObject().Any(member => member.Name is not ("id" or "title")))
            return null;
        if (!json.TryGetProperty("title", out var named) || named.ValueKind == JsonValueKind.Null)
            return new StringValue(id.ToString());
        return Text(named, LongestText) is { Length: > 0 } title && !title.Contains('\n', StringComparison.Ordinal) ? new StringValue(title) : null;
    }

    private static ArrayValue? List(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() > MostItems)
            return null;
        var items = json.EnumerateArray().Select(item => Text(item, LongestText)).ToList();
        return items.Contains(null) ? null : new ArrayValue([.. items.Select(item => new StringValue(item!))]);
    }

    private static string? Text(JsonElement json, int longest)
        => json.ValueKind == JsonValueKind.String && json.GetString() is { } text && text.Length <= longest ? text : null;

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsEmpty(FluidValue value) => value switch
    {
        NilValue => true,
        StringValue => string.IsNullOrWhiteSpace(value.ToStringValue()),
        ArrayValue list => list.Values.Count == 0,
        _ => false,
    };

    private static string Expected(Variable variable) => variable.Type switch
    {
        VariableType.Text => $"One line of at most {LongestText} characters.",
        VariableType.LongText => $"A text of at most {LongestLongText} characters.",
        VariableType.Number => "A number.",
        VariableType.Date => "A date such as 2026-03-31.",
        VariableType.Boolean => "true or false.",
        VariableType.Choice => "One of the variable's choices.",
        VariableType.Document or VariableType.Collection => $"An id (UUID), or an object of id and title, a line of at most {LongestText} characters.",
        _ => $"An array of at most {MostItems} texts of at most {LongestText} characters.",
    };

    private static string ExpectedInGerman(Variable variable) => variable.Type switch
    {
        VariableType.Text => $"Eine Zeile von höchstens {LongestText} Zeichen.",
        VariableType.LongText => $"Ein Text von höchstens {LongestLongText} Zeichen.",
        VariableType.Number => "Eine Zahl.",
        VariableType.Date => "Ein Datum wie 2026-03-31.",
        VariableType.Boolean => "true oder false.",
        VariableType.Choice => "Eine der vorgegebenen Möglichkeiten.",
        VariableType.Document or VariableType.Collection => $"Eine Kennung (UUID) oder ein Objekt aus id und title, einer Zeile von höchstens {LongestText} Zeichen.",
        _ => $"Eine Liste von höchstens {MostItems} Texten mit höchstens {LongestText} Zeichen.",
    };
}
