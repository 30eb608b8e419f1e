using LLMoin.Extractive.Text;

namespace LLMoin.Retrieval.Index.Text;

/// <summary>
/// Takes German administrative text apart: words without allocating anything, and everything with a digit or a § by its canonical
/// writing. Hyphenated words give a token a part. Text is in Unicode normal form C.
/// </summary>
internal static class Tokenizer
{
    private const int ShortestPart = 4;

    /// <summary>Replaces what is in <paramref name="tokens"/> by the text's tokens in order.</summary>
    public static void Read(string text, List<SearchToken> tokens)
    {
        tokens.Clear();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '§') i = SectionReferences.Read(text, i, tokens);
            else if (char.IsLetterOrDigit(text[i])) i = ReadRun(text, i, tokens);
            else i++;
        }
    }

    /// <summary>Reads up to the next white space or sign that does not join; a run without digits is words only.</summary>
    private static int ReadRun(string text, int start, List<SearchToken> tokens)
    {
        var end = start;
        var digits = false;
        var joined = false;
        for (; end < text.Length; end++)
        {
            if (char.IsLetter(text[end])) continue;
            if (char.IsDigit(text[end])) digits = true;
            else if (IsJoiner(text[end]) && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1])) joined = true;
            else break;
        }

        if (digits) ReadNumbers(text, start, end, tokens);
        else if (SectionReferences.ReadWord(text, start, end, tokens) is > 0 and var behind) return behind;
        else if (joined) ReadParts(text, start, end, tokens);
        else tokens.Add(new SearchToken(start, end, null));
        return end;
    }

    private static bool IsJoiner(char sign) => sign is '-' or '/' or '.' or ',' or ':' or '_' or '@' or '’' or '\'' or '\u00AD';

    private static void ReadParts(string text, int start, int end, List<SearchToken> tokens)
    {
        for (var i = start; i < end; i++)
        {
            var part = i;
            while (i < end && char.IsLetter(text[i])) i++;
            tokens.Add(new SearchToken(part, i, null));
        }
    }

    private static void ReadNumbers(string text, int start, int end, List<SearchToken> tokens)
    {
        foreach (var token in GermanTokens.Read(text[start..end]))
        {
            var from = start + token.Start;
            tokens.Add(new SearchToken(from, from + token.Length, token.Kind == TokenKind.Word ? null : token.Term));
            if (token.Kind != TokenKind.Word)
                Codes.Join(text, tokens);
            if (token.Kind == TokenKind.FileNumber)
                AddBeginnings(token.Term, from, tokens);
        }
    }

    /// <summary>"4711/2026-BA" is also asked for as "4711/2026" and "4711".</summary>
    private static void AddBeginnings(string number, int start, List<SearchToken> tokens)
    {
        for (var end = ShortestPart; end < number.Length; end++)
        {
            if (number[end] is '/' or '-' && number.AsSpan(0, end).ContainsAnyInRange('0', '9'))
                tokens.Add(new SearchToken(start, start + end, number[..end], Joined: true));
        }
    }
}
