using System.Text;
using LLMoin.Inference.Structured.Gbnf;

namespace LLMoin.Inference.Structured.Schemas;

/// <summary>
/// Writes property names other than given ones, as a trie that leaves a given name at every character. Escapes are left out: they
/// would spell a given name in another way.
/// </summary>
internal static class KeyRules
{
    private const int LongestName = 256;
    private const string NotRaw = """\x22\x5C\x00-\x1F\x7F""";

    public static string Write(IEnumerable<string> others, GrammarBuilder grammar)
    {
        // A name that must be escaped cannot come up.
        List<int[]> names = [.. others.Where(name => JsonText.Quote(name).Length == name.Length + 2).Select(name => name.EnumerateRunes().Select(rune => rune.Value).ToArray())];
        if (names.Any(name => name.Length > LongestName))
            throw new UnsupportedSchemaException($"A property's name beside additional properties has more than {LongestName} characters.");
        return $"\"\\\"\" {Rest(names, 0, grammar)}";
    }

    private static string Rest(List<int[]> names, int depth, GrammarBuilder grammar)
    {
        var next = names.Where(name => name.Length > depth).GroupBy(name => name[depth]).ToList();
        var any = grammar.Share($"[^{NotRaw}]* \"\\\"\"");
        var alternatives = new List<string> { $"[^{NotRaw}{string.Concat(next.Select(group => GbnfText.InClass(group.Key)))}] {any}" };
        if (depth > 0 && names.All(name => name.Length != depth))
            alternatives.Add("\"\\\"\"");
        foreach (var group in next)
            alternatives.Add($"{GbnfText.Literal(new Rune(group.Key).ToString())} {Rest([.. group], depth + 1, grammar)}");
        return grammar.Share(string.Join(" | ", alternatives));
    }
}
