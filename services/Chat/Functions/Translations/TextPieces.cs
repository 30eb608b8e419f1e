namespace LLMoin.Chat.Functions.Translations;

/// <summary>A text in pieces that a model translates without losing its place: whole blocks between empty lines, as many as fit.</summary>
internal static class TextPieces
{
    /// <param name="text">With line feeds.</param>
    /// <param name="longest">Characters of a piece; a single block that is longer is cut at lines, else sentences.</param>
    /// <returns>Pieces that, joined by an empty line, are the text but for white space between blocks.</returns>
    public static IReadOnlyList<string> Of(string text, int longest)
    {
        List<string> pieces = [];
        var current = "";
        foreach (var block in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).SelectMany(block => Cut(block.Trim('\n'), longest)).Where(block => block.Trim().Length > 0))
        {
            if (current.Length > 0 && current.Length + block.Length + 2 > longest)
            {
                pieces.Add(current);
                current = "";
            }
            current = current.Length == 0 ? block : current + "\n\n" + block;
        }
        if (current.Length > 0)
            pieces.Add(current);
        return pieces;
    }

    private static IEnumerable<string> Cut(string block, int longest)
    {
        while (block.Length > longest)
        {
            var end = block.LastIndexOf('\n', longest - 1) is > 0 and var line ? line : block.LastIndexOf(". ", longest - 1, StringComparison.Ordinal) is > 0 and var sentence ? sentence + 1 : longest;
            yield return block[..end];
            block = block[end..].TrimStart('\n', ' ');
        }
        yield return block;
    }
}
