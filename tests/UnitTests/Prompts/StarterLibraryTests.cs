using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LLMoin.Prompts.Rendering;
using LLMoin.Prompts.Starters;
using LLMoin.Prompts.Templates;

namespace LLMoin.UnitTests.Prompts;

/// <summary>The templates that come with the platform, read from their files as they are written.</summary>
public sealed partial class StarterLibraryTests
{
    private static readonly string[] Categories =
    [
        "Auswerten und Recherchieren", "Besprechungen", "Bürgerservice", "Datenschutz und Transparenz", "Finanzen und Vergabe",
        "Gremien und Parlament", "Personal", "Projekte und IT", "Recht", "Sprache und Barrierefreiheit", "Verwaltungsverfahren",
        "Öffentlichkeitsarbeit",
    ];

    private static readonly string[] Functions = ["chat", "summarise", "research", "draft", "translate"];
    private static readonly string[] Types = ["text", "long-text", "number", "date", "boolean", "choice", "list", "document", "collection"];
    private static readonly string[] Expectations = ["contains", "notContains", "matches", "cites", "minWords", "maxWords", "language"];

    private static readonly IReadOnlyList<Starter> Library = [.. Read()];

    [Fact]
    public void There_are_at_least_eighty_and_none_has_anothers_id_name_or_title()
    {
        Assert.True(Library.Count >= 80, $"There are {Library.Count}.");
        Assert.Distinct(Library.Select(starter => starter.Id));
        Assert.Distinct(Library.Select(starter => starter.Name));
        Assert.Distinct(Library.Select(starter => starter.Text("title")));
        Assert.Distinct(Library.Select(starter => starter.Body));
    }

    [Fact]
    public void Every_category_and_every_function_has_some_and_there_are_no_others()
    {
        Assert.Equal(Categories, Library.Select(starter => starter.Text("category")).Distinct().Order(StringComparer.Ordinal));
        Assert.Equivalent(Functions, Library.Select(starter => starter.Text("function")).Distinct(), strict: true);
        Assert.All(Library.CountBy(starter => starter.Text("category")), category => Assert.True(category.Value >= 5, category.Key));
    }

    [Fact]
    public void Staff_who_read_English_find_every_title_description_and_label()
        => Assert.All(Library, starter =>
        {
            Assert.All(["titleEn", "descriptionEn"], field => Assert.False(string.IsNullOrWhiteSpace(starter.Text(field))));
            Assert.NotEqual(starter.Text("title"), starter.Text("titleEn"));
            Assert.NotEqual(starter.Text("description"), starter.Text("descriptionEn"));
            Assert.All(starter.Variables, variable => Assert.False(string.IsNullOrWhiteSpace((string?)variable["labelEn"])));
        });

    [Fact]
    public void Every_body_uses_what_is_declared_and_nothing_else()
        => Assert.All(Library, starter =>
        {
            Assert.Null(TemplateParser.Check(starter.Body, [.. starter.Variables.Select(Declared)])?.Detail);
            var tags = string.Join(' ', Tag().Matches(starter.Body).Select(tag => Quoted().Replace(tag.Value, "")));
            var words = Word().Matches(tags).Select(word => word.Value).ToHashSet();
            Assert.All(starter.Variables, variable => Assert.Contains((string)variable["name"]!, words));
        });

    [Fact]
    public void Every_choice_that_a_body_asks_for_is_offered()
        => Assert.All(Library, starter =>
        {
            var offered = starter.Variables.SelectMany(variable => variable["choices"]?.AsArray() ?? []).Select(choice => (string)choice!);
            var asked = Tag().Matches(starter.Body).Where(tag => Compares().IsMatch(tag.Value)).SelectMany(tag => Quoted().Matches(tag.Value));
            Assert.Subset(offered.ToHashSet(), asked.Select(text => text.Value.Trim('"')).ToHashSet());
        });

    [Fact]
    public void Every_starter_has_an_example_with_all_that_is_required_and_of_the_right_type()
        => Assert.All(Library, starter =>
        {
            Assert.NotEmpty(starter.Examples);
            foreach (var example in starter.Examples)
            {
                var values = example["values"]!.AsObject();
                Assert.Subset(starter.Variables.Select(variable => (string)variable["name"]!).ToHashSet(), values.Select(value => value.Key).ToHashSet());
                Assert.All(starter.Variables, variable =>
                {
                    var value = values[(string)variable["name"]!];
                    Assert.True(value is null ? !(bool)variable["required"]! : Fits(variable, value), $"{variable["name"]}: {value?.ToJsonString()}");
                });
            }
        });

    [Fact]
    public void Every_example_expects_something_of_the_answer_in_words_that_can_be_checked()
        => Assert.All(Library.SelectMany(starter => starter.Examples), example =>
        {
            var expected = example["expect"]!.AsObject();
            Assert.NotEmpty(expected);
            Assert.Subset(Expectations.ToHashSet(), expected.Select(part => part.Key).ToHashSet());
            Assert.All(expected["matches"]?.AsArray() ?? [], pattern => _ = new Regex((string)pattern!, RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)));
            Assert.True((int?)expected["minWords"] is not { } least || (int?)expected["maxWords"] is not { } most || least < most);
        });

    private static bool Fits(JsonNode variable, JsonNode value) => ((string)variable["type"]!, value.GetValueKind()) switch
    {
        ("text", JsonValueKind.String) => !((string)value!).Contains('\n', StringComparison.Ordinal) && !string.IsNullOrWhiteSpace((string)value!),
        ("long-text", JsonValueKind.String) => !string.IsNullOrWhiteSpace((string)value!),
        ("number", JsonValueKind.Number) => true,
        ("date", JsonValueKind.String) => DateOnly.TryParseExact((string)value!, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("choice", JsonValueKind.String) => variable["choices"]!.AsArray().Any(choice => (string)choice! == (string)value!),
        ("list", JsonValueKind.Array) => value.AsArray() is { Count: > 0 } items && items.All(item => item!.GetValueKind() == JsonValueKind.String),
        ("document" or "collection", JsonValueKind.Object) => Guid.TryParse((string?)value["id"], out _) && (string?)value["title"] is { Length: > 0 },
        _ => false,
    };

    private static Variable Declared(JsonNode variable)
    {
        Assert.Contains((string)variable["type"]!, Types);
        return new Variable((string)variable["name"]!, (string)variable["type"]!, (string)variable["label"]!, (bool)variable["required"]!);
    }

    private static IEnumerable<Starter> Read()
    {
        var assembly = typeof(StarterTemplates).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Starters/", StringComparison.Ordinal) && Path.GetExtension(name) == ".json"))
        {
            using var facts = assembly.GetManifestResourceStream(name)!;
            using var body = new StreamReader(assembly.GetManifestResourceStream(Path.ChangeExtension(name, ".liquid"))!);
            var file = JsonNode.Parse(facts)!;
            yield return new Starter((string)file["id"]!, file["template"]!, body.ReadToEnd());
        }
    }

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.Singleline, 1_000)]
    private static partial Regex Tag();

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.None, 1_000)]
    private static partial Regex Quoted();

    [GeneratedRegex("[a-z][a-z0-9_]*", RegexOptions.None, 1_000)]
    private static partial Regex Word();

    /// <summary>A tag that holds a variable against a text.</summary>
    [GeneratedRegex(@"^\{%-? *(?:when|if|elsif|unless) ", RegexOptions.None, 1_000)]
    private static partial Regex Compares();

    private sealed record Starter(string Id, JsonNode Template, string Body)
    {
        public string Name => Text("name");

        public IReadOnlyList<JsonNode> Variables => [.. Template["variables"]!.AsArray().Select(variable => variable!)];

        public IReadOnlyList<JsonNode> Examples => [.. Template["examples"]!.AsArray().Select(example => example!)];

        public string Text(string field) => (string)Template[field]!;

        public override string ToString() => Name;
    }
}
