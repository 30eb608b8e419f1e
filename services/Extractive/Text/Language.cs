namespace LLMoin.Extractive.Text;

/// <summary>German or English, by counting function words; German unless English ones are more.</summary>
internal static class Language
{
    public static bool IsEnglish(string text)
    {
        int english = 0, german = 0;
        foreach (var token in GermanTokens.Read(text.Length > 2000 ? text[..2000] : text))
        {
            if (StopWords.English.Contains(token.Folded)) english++;
            if (StopWords.German.Contains(token.Folded)) german++;
        }

        return english > german;
    }
}
