namespace LLMoin.Extractive.Sentences;

/// <summary>
/// Splits German text into sentences by rule. The spans reproduce the source exactly; what lies between them is white space and
/// line markers. Rules instead of a trained model (Kiss and Strunk 2006, "Unsupervised Multilingual Sentence Boundary Detection",
/// name the same three enemies: abbreviations, ordinals, initials), because the lists of the legal register are short and known.
/// </summary>
public static class SentenceSplitter
{
    private const string Closers = "“”\"’'«»)]*_‘";
    private const string Openers = "„“\"»«‚'([*_–-‘";

    /// <summary>An enumeration on one line is cut at its semicolons once it is longer than this many characters.</summary>
    private const int LongEnumeration = 350;

    /// <returns>Sentences in source order, none empty, none overlapping. An empty text has none.</returns>
    public static IReadOnlyList<Sentence> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var sentences = new List<Sentence>();
        var number = 0;
        foreach (var block in TextBlocks.Read(text))
        {
            if (block.Kind is SentenceKind.Prose or SentenceKind.ListItem) SplitBlock(text, block, number, sentences);
            else sentences.Add(new Sentence(block.Start, block.End - block.Start, block.Kind, number));
            number++;
        }

        return sentences;
    }

    private static void SplitBlock(string text, TextBlock block, int number, List<Sentence> sentences)
    {
        var start = block.Start;
        for (var i = start; i < block.End; i++)
        {
            if (text[i] is not ('.' or '!' or '?' or '…' or ';')) continue;
            var end = i + 1;
            while (end < block.End && text[end] is '.' or '!' or '?' or '…') end++;
            while (end < block.End && Closers.Contains(text[end], StringComparison.Ordinal)) end++;
            if (end >= block.End) break;
            if (char.IsWhiteSpace(text[end]) && EndsSentence(text, start, i, end, block.End))
            {
                sentences.Add(new Sentence(start, end - start, block.Kind, number));
                while (end < block.End && char.IsWhiteSpace(text[end])) end++;
                start = end;
            }

            i = end - 1;
        }

        if (start < block.End) sentences.Add(new Sentence(start, block.End - start, block.Kind, number));
    }

    /// <param name="text">The source.</param>
    /// <param name="start">Where the sentence began.</param>
    /// <param name="mark">Its punctuation mark.</param>
    /// <param name="end">Behind the mark and its closing quotes and brackets; white space stands there.</param>
    /// <param name="limit">End of the block.</param>
    private static bool EndsSentence(string text, int start, int mark, int end, int limit)
    {
        if (text[mark] == ';') return end - start > LongEnumeration;
        var next = end;
        while (next < limit && (char.IsWhiteSpace(text[next]) || Openers.Contains(text[next], StringComparison.Ordinal))) next++;
        if (next >= limit || char.IsLower(text[next])) return false;
        if (text[mark] != '.') return true;
        if (end - mark > 1 && text[mark + 1] == '.') return true;

        var token = TokenBefore(text, start, mark, out var tokenStart);
        if (token.Length == 0) return true;
        var word = Abbreviations.WordAt(text, next);
        if (char.IsDigit(token[0]) && IsDayOrOrdinal(token) || Abbreviations.IsRoman(token) && token is not "I")
            return EndsAfterNumber(text, start, tokenStart, token, text[next], word);
        return EndsAfterWord(text, start, tokenStart, token, text[next], word);
    }

    private static bool EndsAfterNumber(string text, int start, int tokenStart, string token, char next, string word)
    {
        if (tokenStart == start) return false;
        if (char.IsDigit(token[0]) && token.Length >= 4 && !token.Contains('.', StringComparison.Ordinal)) return true;
        if (char.IsDigit(next) || Abbreviations.IsMonth(word)) return false;
        if (Abbreviations.OpensSentence(word)) return true;
        var before = TokenBefore(text, start, TrimBack(text, start, tokenStart), out _);
        return !Abbreviations.GovernsOrdinal(before);
    }

    private static bool EndsAfterWord(string text, int start, int tokenStart, string token, char next, string word)
    {
        var opens = Abbreviations.OpensSentence(word);
        if (IsLetters(token, 1))
        {
            token = WithLettersBefore(text, start, tokenStart, token);
            if (token.Length == 1 && char.IsLower(token[0]) && word.Length > 1 && AfterDigit(text, start, tokenStart)) return true;
        }

        if (Abbreviations.NeverEnd.Contains(token)) return false;
        if (Abbreviations.TakeNumber.Contains(token)) return !char.IsDigit(next) && !Abbreviations.IsRoman(word) && next != '§' && (token != "S" || opens);
        if (Abbreviations.MayEnd.Contains(token)) return opens;
        if (token.Length == 1 || token.Contains('.', StringComparison.Ordinal) && token.Split('.').All(part => part.Length <= 2)) return opens;
        if (Abbreviations.LooksShortened(token)) return opens || AfterDigit(text, start, tokenStart);
        return true;
    }

    /// <summary>Joins spaced letters to one key: at the m of "i. V. m." it gives "i.V.m".</summary>
    private static string WithLettersBefore(string text, int start, int tokenStart, string token)
    {
        while (true)
        {
            var end = TrimBack(text, start, tokenStart);
            if (end - 1 < start || text[end - 1] != '.') return token;
            var before = TokenBefore(text, start, end - 1, out var beforeStart);
            if (!IsLetters(before, 2) || beforeStart == tokenStart) return token;
            token = before + "." + token;
            tokenStart = beforeStart;
        }
    }

    private static string TokenBefore(string text, int start, int end, out int tokenStart)
    {
        tokenStart = end;
        while (tokenStart > start && !char.IsWhiteSpace(text[tokenStart - 1])) tokenStart--;
        while (tokenStart < end && (Openers.Contains(text[tokenStart], StringComparison.Ordinal) || text[tokenStart] == '/')) tokenStart++;
        var stop = end;
        while (stop > tokenStart && Closers.Contains(text[stop - 1], StringComparison.Ordinal)) stop--;
        return text[tokenStart..stop];
    }

    private static int TrimBack(string text, int start, int position)
    {
        while (position > start && (char.IsWhiteSpace(text[position - 1]) || Openers.Contains(text[position - 1], StringComparison.Ordinal))) position--;
        return position;
    }

    private static bool AfterDigit(string text, int start, int position)
    {
        position = TrimBack(text, start, position);
        return position > start && char.IsDigit(text[position - 1]);
    }

    private static bool IsLetters(string token, int longest) => token.Length > 0 && token.Length <= longest && token.All(char.IsLetter);

    /// <summary>"15", "2026" and "12.3" (the stop after it belongs to the date), not "1.234" or "4,50".</summary>
    private static bool IsDayOrOrdinal(string token)
    {
        var parts = token.Split('.');
        return parts.All(part => part.Length > 0 && part.All(char.IsDigit)) && (parts.Length == 1 || parts.All(part => part.Length <= 2));
    }
}
