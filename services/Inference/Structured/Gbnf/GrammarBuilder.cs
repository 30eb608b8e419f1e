using System.Globalization;
using System.Text;

namespace LLMoin.Inference.Structured.Gbnf;

/// <summary>
/// Collects the rules of one grammar. A rule's body is GBNF text; an <em>item</em> is one that needs no brackets when it is repeated:
/// a rule name, a literal or a character class.
/// </summary>
internal sealed class GrammarBuilder
{
    private const int MostRules = 4_000;
    private const int MostCharacters = 512 * 1024;
    private const int MostRepetitions = 65_536;

    // llama.cpp spells a repetition out, one rule for each optional one, and refuses 2000; beyond this, blocks keep it short.
    private const int Block = 100;

    private readonly Dictionary<string, string> _rules = [];
    private readonly Dictionary<string, string> _byBody = [];
    private int _characters;
    private int _names;

    /// <summary>A name for a rule whose body comes later: it may refer to itself.</summary>
    public string Reserve() => string.Create(CultureInfo.InvariantCulture, $"r{_names++}");

    public bool Has(string rule) => _rules.ContainsKey(rule);

    /// <exception cref="UnsupportedSchemaException">The grammar has grown too large.</exception>
    public void Define(string name, string body)
    {
        _rules.Add(name, body);
        _characters += name.Length + body.Length;
        if (_rules.Count > MostRules || _characters > MostCharacters)
            throw new UnsupportedSchemaException($"The schema needs more than {MostRules} rules or {MostCharacters / 1024} KiB of grammar.");
    }

    /// <summary>The name of the rule with this body; a new one where there is none.</summary>
    public string Share(string body)
    {
        if (_byBody.TryGetValue(body, out var name))
            return name;
        name = Reserve();
        Define(name, body);
        _byBody.Add(body, name);
        return name;
    }

    /// <summary>An item several times, without end where <paramref name="most"/> is null. It must not match the empty text.</summary>
    /// <exception cref="UnsupportedSchemaException">More often than can be counted.</exception>
    public string Repeat(string item, int least, int? most)
    {
        if (Math.Max(least, most ?? 0) > MostRepetitions)
            throw new UnsupportedSchemaException($"The schema counts beyond {MostRepetitions}.");
        return (least, most) switch
        {
            (0, null) => $"{item}*",
            (1, null) => $"{item}+",
            (_, null) => $"{Exactly(item, least)} {item}*",
            ( <= Block, <= Block) when least < most => string.Create(CultureInfo.InvariantCulture, $"{item}{{{least},{most}}}"),
            _ => string.Join(' ', new[] { Exactly(item, least), UpTo(item, most.Value - least) }.Where(part => part.Length > 0)),
        };
    }

    /// <summary>The grammar that starts with this body.</summary>
    public string Build(string root)
    {
        var text = new StringBuilder($"root ::= {root}\n");
        foreach (var (name, body) in _rules)
            text.Append(name).Append(" ::= ").Append(body).Append('\n');
        return text.ToString();
    }

    private string Exactly(string item, int times)
    {
        if (times <= Block)
            return Counted(item, times);
        var block = Share(Counted(item, Block));
        return $"{Counted(block, times / Block)} {Counted(item, times % Block)}".TrimEnd();
    }

    /// <summary>Few of them one by one; else whole blocks and then less than a block, so that the rules grow with the root of the count.</summary>
    private string UpTo(string item, int times)
    {
        if (times == 0)
            return "";
        if (times <= Block)
            return Optional(item, times);
        var block = Share(Counted(item, Block));
        var (blocks, rest) = (times / Block, times % Block);
        var fewer = $"{Optional(block, blocks - 1)} {Optional(item, Block - 1)}".TrimStart();
        return $"( {fewer} | {Counted(block, blocks)} {Optional(item, rest)} )";
    }

    private static string Counted(string item, int times) => times switch
    {
        0 => "",
        1 => item,
        _ => string.Create(CultureInfo.InvariantCulture, $"{item}{{{times}}}"),
    };

    private static string Optional(string item, int times) => times switch
    {
        0 => "",
        1 => $"{item}?",
        _ => string.Create(CultureInfo.InvariantCulture, $"{item}{{0,{times}}}"),
    };
}
