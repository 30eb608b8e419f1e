using System.Text;

namespace LLMoin.UnitTests.Prompts;

/// <summary>Templates within the grammar of prompts, any of them: nested, looping, with all filters, over the variables a, b (texts) and l (a list).</summary>
internal sealed class RandomTemplate(Random random)
{
    private static readonly string[] Filters = ["upcase", "downcase", "strip", "default: b", "datum"];
    private int _names;

    public string Next() => Block(random.Next(0, 5), ["a", "b", "l"]);

    private string Block(int depth, IReadOnlyList<string> names)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 5); i > 0; i--)
            text.Append(Statement(depth, names));
        return text.ToString();
    }

    private string Statement(int depth, IReadOnlyList<string> names) => random.Next(depth > 0 ? 9 : 4) switch
    {
        0 => "Text ",
        1 or 2 => $"{{{{ {Expression(names)} }}}}",
        3 => $"{{% assign x{_names} = {Expression(names)} %}}{{{{ x{_names++} }}}}",
        4 => $"{{% if {Condition(names)} %}}{Block(depth - 1, names)}{{% else %}}{Block(depth - 1, names)}{{% endif %}}",
        5 => $"{{% unless {Condition(names)} %}}{Block(depth - 1, names)}{{% endunless %}}",
        6 => $"{{% case a %}}{{% when 'x' %}}{Block(depth - 1, names)}{{% else %}}{Block(depth - 1, names)}{{% endcase %}}",
        _ => Loop(depth, names),
    };

    private string Loop(int depth, IReadOnlyList<string> names)
    {
        var item = "i" + _names++;
        return $"{{% for {item} in l %}}{Block(depth - 1, [.. names, item])}{{% endfor %}}";
    }

    private string Expression(IReadOnlyList<string> names)
    {
        var text = names[random.Next(names.Count)];
        for (var i = random.Next(3); i > 0; i--)
            text += " | " + Filters[random.Next(Filters.Length)];
        return text;
    }

    private string Condition(IReadOnlyList<string> names) => random.Next(3) switch
    {
        0 => names[random.Next(names.Count)],
        1 => $"{names[random.Next(names.Count)]} == {names[random.Next(names.Count)]}",
        _ => $"a contains 'x' or {names[random.Next(names.Count)]}",
    };
}
